import type { TSESTree } from "@typescript-eslint/types";
import { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
import type { File } from "./file.js";
import { type FunctionNode, wrapped } from "./tree.js";
import type { Variables } from "./variables.js";

/** A promise of a permit that nobody waits for. */
export interface FloatingAcquire {
  readonly site: AcquireSite;
  /** The promise: the call, or the member of its result that is one. */
  readonly promise: TSESTree.Node;
}

/** The acquires in a file whose promise is dropped, or taken for the permit. */
export function floatingAcquiresOf(file: File): FloatingAcquire[] {
  return acquireSitesIn(file).flatMap((site) => {
    if (site.use !== "promise" || site.evidence !== "origin") return [];
    // A constructor can't wait: it locks until a method of the object unlocks.
    if (isConstructor(site.owner)) return [];
    const promise = promiseOf(site);
    return isDropped(promise, file.variables) ? [{ site, promise }] : [];
  });
}

function isConstructor(owner: FunctionNode | undefined): boolean {
  const method = owner?.parent;
  return method?.type === "MethodDefinition" && method.kind === "constructor";
}

function promiseOf({ call, form }: AcquireSite): TSESTree.Node {
  const result = wrapped(call);
  const { parent } = result;
  return form.ready !== "promise" && parent?.type === "MemberExpression"
    ? wrapped(parent)
    : result;
}

function isDropped(promise: TSESTree.Node, variables: Variables): boolean {
  const { parent } = promise;
  switch (parent?.type) {
    case "ExpressionStatement":
      return true;
    case "UnaryExpression":
      return parent.operator === "void";
    case "VariableDeclarator": {
      if (parent.parent.kind.endsWith("using")) return true;
      if (parent.id.type !== "Identifier") return false;
      const variable = variables.get(parent.id);
      const isRead = variable?.references.some((each) => each.isRead());
      return (
        variable !== undefined && !isRead && variable.scope.type !== "global"
      );
    }
    default:
      return false;
  }
}

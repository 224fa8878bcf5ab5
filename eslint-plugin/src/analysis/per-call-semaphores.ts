import type { TSESTree } from "@typescript-eslint/types";
import type { File } from "./file.js";
import { isHeldAtSomeExit } from "./leaks.js";
import { nodesIn } from "./nodes.js";
import { permitFactsOf } from "./permit-facts.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  enclosingFunction,
  type FunctionNode,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import type { Variable } from "./variables.js";

/** A semaphore of which every call of a function makes one of its own. */
export interface PerCallSemaphore {
  readonly construction: TSESTree.NewExpression;
  readonly variable: Variable;
  readonly owner: FunctionNode;
  /** Whether some path may leave a permit of it unreleased, which dies with it. */
  readonly leavesPermits: boolean;
}

/**
 * The semaphores in a file that are made by the function they are to limit:
 * every use is in the very function, one after the other, and awaited, so that
 * no two of them can ever meet. Pools and locks that are shared by name are left
 * out: making one is not what limits. One that a nested function uses, that is passed
 * on, or whose uses run side by side, does limit something.
 */
export function perCallSemaphoresOf(file: File): PerCallSemaphore[] {
  return nodesIn(file).constructions.flatMap(
    (construction) => perCallSemaphore(construction, file) ?? [],
  );
}

function perCallSemaphore(
  construction: TSESTree.NewExpression,
  file: File,
): PerCallSemaphore | undefined {
  const declarator = wrapped(construction).parent;
  const owner = enclosingFunction(construction);
  if (
    !owner ||
    declarator?.type !== "VariableDeclarator" ||
    declarator.id.type !== "Identifier"
  ) {
    return undefined;
  }
  const protocol = receiverProtocol(construction, file);
  const variable = file.variables.get(declarator.id);
  if (!protocol?.limitsByObject || !variable) return undefined;
  const waiting = new Set([
    ...protocol.acquire
      .filter(({ exported, ready }) => !exported && ready !== "now")
      .map(({ method }) => method),
    ...(protocol.scoped ? [protocol.scoped.method] : []),
  ]);
  const uses = variable.references.filter(({ init }) => !init);
  const isWaitedForOnce = uses.some(({ identifier }) =>
    isAwaitedUse(identifier, waiting),
  );
  const isUsedHereOnly = uses.every(({ identifier }) => {
    const method = methodOf(identifier);
    if (method === undefined || enclosingFunction(identifier) !== owner)
      return false;
    return !waiting.has(method) || isAwaitedUse(identifier, waiting);
  });
  return isWaitedForOnce && isUsedHereOnly
    ? {
        construction,
        variable,
        owner,
        get leavesPermits() {
          return leavesPermits(variable, file);
        },
      }
    : undefined;
}

function leavesPermits(variable: Variable, file: File): boolean {
  return permitFactsOf(file).some(
    ({ site: { receiver }, outcome }) =>
      receiver &&
      file.variables.get(unwrap(receiver)) === variable &&
      (!outcome || isHeldAtSomeExit(outcome)),
  );
}

function methodOf(identifier: TSESTree.Node): string | undefined {
  const { parent } = wrapped(identifier);
  if (parent?.type !== "MemberExpression") return undefined;
  const user = wrapped(parent).parent;
  return user?.type === "CallExpression" && user.callee === wrapped(parent)
    ? memberName(parent)
    : undefined;
}

function isAwaitedUse(
  identifier: TSESTree.Node,
  waiting: ReadonlySet<string>,
): boolean {
  const method = methodOf(identifier);
  if (method === undefined || !waiting.has(method)) return false;
  const member = wrapped(identifier).parent;
  const call = member && wrapped(member).parent;
  const user = call && wrapped(call).parent;
  return user?.type === "AwaitExpression" || user?.type === "ReturnStatement";
}

import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import {
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import type { Variable } from "./variables.js";

/**
 * Whether nobody outside the code in view can release a site's permit through
 * its receiver: the semaphore is a variable that is not exported, or a private
 * field, and all that is ever done with it is to acquire. Then an acquire
 * without a release is a leak, not one half of a lock that is split over two
 * functions.
 */
export function isReceiverConfined(
  site: AcquireSite,
  { sourceCode, variables }: File,
): boolean {
  const acquires = new Set(site.protocol.acquire.map(({ method }) => method));
  if (!site.receiver) return false;
  const receiver = unwrap(site.receiver);
  if (receiver.type === "Identifier") {
    const variable = variables.get(receiver);
    return (
      variable !== undefined &&
      isDeclaredHere(variable) &&
      variable.references.every(
        ({ init, identifier }) => init || onlyAcquires(identifier, acquires),
      )
    );
  }
  if (
    receiver.type !== "MemberExpression" ||
    receiver.property.type !== "PrivateIdentifier"
  ) {
    return false;
  }
  const field = receiver.property.name;
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    if (
      node.type === "MemberExpression" &&
      node.property.type === "PrivateIdentifier" &&
      node.property.name === field &&
      !onlyAcquires(node, acquires) &&
      !isWritten(node)
    ) {
      return false;
    }
  }
  return true;
}

/**
 * Whether a semaphore is made by the very function that acquires and is used
 * there only: then nobody can wait for it once the function is left. Not so for
 * what outlives the process' memory, or hands out a resource.
 */
export function diesWithFunction(
  { form: { permit }, receiver }: AcquireSite,
  owner: FunctionNode,
  { variables }: File,
): boolean {
  if (permit.awaitRelease || !receiver) return false;
  if (permit.kind === "object" || permit.kind === "argument") return false;
  const variable = variables.get(unwrap(receiver));
  return (
    variable !== undefined &&
    isMadeBy(owner, variable) &&
    isUsedWhere(
      variable,
      (identifier) => enclosingFunction(identifier) === owner,
    )
  );
}

/**
 * Whether a permit locks nothing but an object that nobody else has: what a
 * call has only just made, as in `file.stream().getReader()`, or one side of a
 * stream that the function makes and whose sides it gives to nobody.
 */
export function diesWithReceiver(
  { form: { permit }, receiver }: AcquireSite,
  owner: FunctionNode,
  { variables }: File,
): boolean {
  if (permit.kind !== "object" || !permit.locksReceiver || !receiver) {
    return false;
  }
  const locked = unwrap(receiver);
  if (locked.type === "CallExpression") return true;
  if (locked.type !== "MemberExpression") return false;
  const variable = variables.get(unwrap(locked.object));
  return (
    variable !== undefined &&
    isMadeBy(owner, variable) &&
    isUsedWhere(variable, ({ parent }) => {
      return parent !== undefined && isObjectOfMember(parent);
    })
  );
}

/** Whether a variable holds what the function makes by `new`. */
function isMadeBy(owner: FunctionNode, { defs: [definition] }: Variable) {
  const declaration = definition?.node;
  return (
    declaration?.type === "VariableDeclarator" &&
    declaration.init?.type === "NewExpression" &&
    enclosingFunction(declaration) === owner
  );
}

/** Whether only members of a variable are used, and only where `holds` does. */
function isUsedWhere(
  { references }: Variable,
  holds: (identifier: TSESTree.Node) => boolean,
): boolean {
  return references.every(
    ({ init, identifier }) =>
      init || (isObjectOfMember(identifier) && holds(identifier)),
  );
}

function isObjectOfMember(node: TSESTree.Node): boolean {
  const value = wrapped(node);
  return (
    value.parent?.type === "MemberExpression" && value.parent.object === value
  );
}

/** A variable made in this file, by `const` or `let`, and not exported. */
function isDeclaredHere(variable: Variable): boolean {
  const definition = variable.defs[0]?.node;
  if (definition?.type !== "VariableDeclarator") return false;
  if (definition.id.type !== "Identifier") return false;
  return (
    definition.init?.type === "NewExpression" &&
    definition.parent.parent?.type !== "ExportNamedDeclaration"
  );
}

function onlyAcquires(
  node: TSESTree.Node,
  acquires: ReadonlySet<string>,
): boolean {
  const { parent } = wrapped(node);
  return (
    parent?.type === "MemberExpression" &&
    parent.object === wrapped(node) &&
    acquires.has(memberName(parent) ?? "")
  );
}

function isWritten(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  return (
    parent.type === "AssignmentExpression" &&
    parent.left === node &&
    parent.right.type === "NewExpression"
  );
}

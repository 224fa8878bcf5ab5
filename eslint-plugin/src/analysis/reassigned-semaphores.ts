import type { TSESTree } from "@typescript-eslint/types";
import type { Protocol } from "../protocols/protocol.js";
import type { File } from "./file.js";
import { nodesIn } from "./nodes.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  descendantsOf,
  enclosingClassBody,
  enclosingFunction,
  isFunction,
  unwrap,
} from "./tree.js";

/** A new semaphore that takes the place of one that may be in use. */
export interface ReassignedSemaphore {
  readonly assignment: TSESTree.AssignmentExpression;
  readonly construction: TSESTree.NewExpression;
  readonly protocol: Protocol;
}

/** The places in a file that swap in a new semaphore for an old one. */
export function reassignedSemaphoresOf(file: File): ReassignedSemaphore[] {
  const found: ReassignedSemaphore[] = [];
  for (const assignment of nodesIn(file).assignments) {
    // `??=` only fills an empty place.
    if (assignment.operator !== "=") continue;
    const construction = unwrap(assignment.right);
    if (construction.type !== "NewExpression") continue;
    const protocol = receiverProtocol(construction, file);
    if (!protocol?.limitsByObject || !replaces(assignment, file)) continue;
    found.push({ assignment, construction, protocol });
  }
  return found;
}

/** Whether the place holds a semaphore before: it is made with one. */
function replaces(
  { left }: TSESTree.AssignmentExpression,
  file: File,
): boolean {
  if (left.type === "Identifier") {
    const variable = file.variables.get(left);
    const init = variable?.references.find((each) => each.init)?.writeExpr;
    return (
      init?.type === "NewExpression" &&
      receiverProtocol(init, file) !== undefined &&
      variable?.defs[0]?.name !== undefined &&
      enclosingFunction(left) !== enclosingFunction(variable.defs[0].name)
    );
  }
  if (
    left.type !== "MemberExpression" ||
    left.object.type !== "ThisExpression" ||
    isInConstructor(left)
  ) {
    return false;
  }
  return isMadeWithObject(left, file);
}

function isInConstructor(node: TSESTree.Node): boolean {
  let at = node.parent;
  while (at && !(isFunction(at) && at.parent.type === "MethodDefinition")) {
    at = at.parent;
  }
  return (
    at?.parent?.type === "MethodDefinition" && at.parent.kind === "constructor"
  );
}

/** Whether a field is given a semaphore by its declaration or constructor. */
function isMadeWithObject(
  field: TSESTree.MemberExpression,
  file: File,
): boolean {
  const { sourceCode } = file;
  const body = enclosingClassBody(field);
  if (!body) return false;
  const name = sourceCode.getText(field.property);
  for (const node of descendantsOf(body, sourceCode.visitorKeys)) {
    const value =
      node.type === "PropertyDefinition" &&
      sourceCode.getText(node.key) === name
        ? node.value
        : node.type === "AssignmentExpression" &&
            node.left.type === "MemberExpression" &&
            sourceCode.getText(node.left) === `this.${name}` &&
            isInConstructor(node.left)
          ? node.right
          : undefined;
    if (value?.type === "NewExpression" && receiverProtocol(value, file)) {
      return true;
    }
  }
  return false;
}

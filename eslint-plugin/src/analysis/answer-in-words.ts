import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import { isEquality, unwrap, wrapped } from "./tree.js";
import type { Variables } from "./variables.js";

/**
 * Whether the caller asks which of several answers a semaphore's acquire gave, as
 * in `if (outcome !== "acquired") return;`. Which of them stands for a permit,
 * only the semaphore knows.
 */
export function isAnsweredInWords(
  { form, permit }: AcquireSite,
  variables: Variables,
): boolean {
  if (form.permit.kind !== "receiver" || !permit) return false;
  const { parent } = wrapped(permit);
  const variable =
    parent?.type === "VariableDeclarator"
      ? variables.get(parent.id)
      : parent?.type === "AssignmentExpression"
        ? variables.get(parent.left)
        : undefined;
  return [
    permit,
    ...(variable?.references.map(({ identifier }) => identifier) ?? []),
  ].some(isComparedWithAnswer);
}

function isComparedWithAnswer(value: TSESTree.Node): boolean {
  const node = wrapped(value);
  const { parent } = node;
  switch (parent?.type) {
    case "SwitchStatement":
      return parent.discriminant === node;
    case "BinaryExpression":
      return (
        isEquality(parent) &&
        isAnswer(unwrap(parent.left === node ? parent.right : parent.left))
      );
    default:
      return false;
  }
}

/** `"acquired"`, `0` or `Outcome.Acquired`. */
function isAnswer(node: TSESTree.Node): boolean {
  return node.type === "Literal"
    ? typeof node.value === "string" || typeof node.value === "number"
    : node.type === "MemberExpression";
}

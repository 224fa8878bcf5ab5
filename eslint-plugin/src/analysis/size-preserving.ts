import type { TSESTree } from "@typescript-eslint/types";
import { memberName, unwrap } from "./tree.js";

/** Methods whose result is as long as their receiver, or shorter. */
export const sizePreserving = new Set(
  `entries fill filter keys map reverse sort toReversed toSorted values`.split(
    " ",
  ),
);

/** `(list) => list.filter(…)`. */
export function isSizePreservingCallback(
  callback: TSESTree.Node | undefined,
): boolean {
  if (callback?.type !== "ArrowFunctionExpression") return false;
  const [parameter] = callback.params;
  if (parameter?.type !== "Identifier") return false;
  let node = unwrap(callback.body);
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") return false;
    if (!sizePreserving.has(memberName(callee) ?? "")) return false;
    node = unwrap(callee.object);
  }
  return node.type === "Identifier" && node.name === parameter.name;
}

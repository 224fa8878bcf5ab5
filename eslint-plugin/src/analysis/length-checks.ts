import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "./access-path.js";
import { staticNumber } from "./static-number.js";
import {
  descendantsOf,
  enclosingFunction,
  memberName,
  unwrap,
} from "./tree.js";
import type { Variables } from "./variables.js";

/** Whether the function around `node` compares its length with a limit before. */
export function isLengthChecked(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): boolean {
  const place = accessPath(node, variables);
  const owner = enclosingFunction(node);
  if (place === undefined || !owner) return false;
  for (const each of descendantsOf(owner.body, sourceCode.visitorKeys)) {
    if (each.range[0] >= node.range[0]) continue;
    if (each.type !== "BinaryExpression" || !/^[<>]=?$/.test(each.operator)) {
      continue;
    }
    // `i < items.length` counts the items and bounds nothing.
    if (each.parent.type === "ForStatement") continue;
    for (const [side, limit] of [
      [each.left, each.right],
      [each.right, each.left],
    ] as const) {
      const length = unwrap(side);
      if (
        length.type === "MemberExpression" &&
        /^(length|size)$/.test(memberName(length) ?? "") &&
        accessPath(length.object, variables) === place &&
        (staticNumber(limit, sourceCode) ?? Infinity) > 1
      ) {
        return true;
      }
    }
  }
  return false;
}

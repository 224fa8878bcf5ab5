import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { enclosingFunction } from "../analysis/tree.js";
import { type Edit, insertAt } from "./edit.js";

/**
 * Puts `await` before a promise, where the code around it can wait; in the
 * place of a `void` that says that nobody waits.
 */
export function addAwait(
  promise: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const owner = enclosingFunction(promise);
  const canAwait = owner ? owner.async : sourceCode.ast.sourceType === "module";
  if (!canAwait || isParameterDefault(promise, owner)) return undefined;
  const { parent } = promise;
  const isDropped =
    parent?.type === "UnaryExpression" && parent.operator === "void";
  return isDropped
    ? [{ range: [parent.range[0], promise.range[0]], text: "await " }]
    : [insertAt(promise.range[0], "await ")];
}

/** The defaults of parameters are not part of what may wait. */
function isParameterDefault(
  node: TSESTree.Node,
  owner: ReturnType<typeof enclosingFunction>,
): boolean {
  return (
    owner?.params.some(
      ({ range }) => range[0] <= node.range[0] && node.range[1] <= range[1],
    ) ?? false
  );
}

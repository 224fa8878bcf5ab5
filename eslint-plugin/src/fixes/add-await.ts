import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { enclosingFunction } from "../analysis/tree.js";
import { type Edit, insertAt } from "./edit.js";

/** Puts `await` before a promise, where the code around it can wait. */
export function addAwait(
  promise: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const owner = enclosingFunction(promise);
  const canAwait = owner ? owner.async : sourceCode.ast.sourceType === "module";
  return canAwait ? [insertAt(promise.range[0], "await ")] : undefined;
}

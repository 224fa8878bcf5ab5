import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { getStaticValue } from "@eslint-community/eslint-utils";

/** The number an expression always has. */
export function staticNumber(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): number | undefined {
  const value = getStaticValue(
    node as never,
    sourceCode.getScope?.(node) as never,
  )?.value;
  return typeof value === "number" ? value : undefined;
}

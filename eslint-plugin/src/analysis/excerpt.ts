import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

const excerptLength = 60;

/** A node's text on one line, cut short where it is long. */
export function excerpt(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): string {
  const text = sourceCode.getText(node).replace(/\s+/g, " ");
  return text.length <= excerptLength
    ? text
    : `${text.slice(0, excerptLength - 1)}…`;
}

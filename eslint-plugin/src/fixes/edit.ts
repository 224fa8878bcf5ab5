import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

/** A replacement of a range of the file; a rewrite is a list of them. */
export type Edit = TSESLint.RuleFix;

export function insertAt(offset: number, text: string): Edit {
  return { range: [offset, offset], text };
}

export function replace(
  { range }: { readonly range: TSESTree.Range },
  text: string,
): Edit {
  return { range: [...range], text };
}

/** Both lists of edits, but of the second only what the first leaves standing. */
export function over(first: readonly Edit[], second: readonly Edit[]): Edit[] {
  return [
    ...first,
    ...second.filter(({ range: [from, to] }) =>
      first.every(({ range: [start, end] }) => to <= start || from >= end),
    ),
  ];
}

/** Removes a statement, with its line where it stands alone on it. */
export function removeStatement(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): Edit {
  const { text } = sourceCode;
  let [start, end] = statement.range;
  while (/[ \t]/.test(text[start - 1] ?? "")) start--;
  const startsLine = start === 0 || text[start - 1] === "\n";
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (startsLine && rest) end += rest[0].length;
  else if (startsLine) [start] = statement.range;
  return { range: [start, end], text: "" };
}

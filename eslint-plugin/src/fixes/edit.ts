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
      first.every(({ range: [start, end], text }) => {
        // What is put in front of what goes, as its indentation is, goes too.
        const isRemoved = text === "" && start < end;
        return (
          (isRemoved ? to <= start && from < start : to <= start) || from >= end
        );
      }),
    ),
  ];
}

/**
 * Removes a statement, with its line where it stands alone on it, and with a
 * blank line before it that would then end the block or meet another.
 */
export function removeStatement(
  statement: { readonly range: TSESTree.Range },
  sourceCode: TSESLint.SourceCode,
): Edit {
  const { text } = sourceCode;
  let [start, end] = statement.range;
  while (/[ \t]/.test(text[start - 1] ?? "")) start--;
  const startsLine = start === 0 || text[start - 1] === "\n";
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (startsLine && rest) {
    end += rest[0].length;
    const blank = /\n([ \t]*\r?\n)$/.exec(text.slice(0, start));
    if (blank && /^[ \t]*(?:\r?\n|\})/.test(text.slice(end))) {
      start -= blank[1]?.length ?? 0;
    }
  }
  if (startsLine && !rest) [start] = statement.range;
  return { range: [start, end], text: "" };
}

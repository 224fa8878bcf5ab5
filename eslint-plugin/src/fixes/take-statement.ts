import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Edit } from "./edit.js";
import { indentOfLine } from "./layout.js";

/** A statement taken out of its block, with the comments that belong to it. */
export interface TakenStatement {
  /** Removes it, with its lines where it stands alone on them. */
  readonly removal: Edit;
  /** What was removed, without its indentation. */
  readonly text: string;
  /** The comments above it and behind it, each as it is written. */
  readonly comments: readonly string[];
  readonly eol: string;
  readonly semi: string;
}

/**
 * Takes a statement with the comments right above it, and behind it on its last
 * line.
 */
export function takeStatement(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): TakenStatement {
  const { text } = sourceCode;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const previous = sourceCode.getTokenBefore(statement);
  const above = sourceCode
    .getCommentsBefore(statement)
    .filter(({ loc }) => loc.start.line !== previous?.loc.end.line);
  const next = sourceCode.getTokenAfter(statement);
  const behind = sourceCode
    .getCommentsAfter(statement)
    .filter(
      ({ loc }) =>
        loc.start.line === statement.loc.end.line &&
        next?.loc.start.line !== statement.loc.end.line,
    );
  let [start] = (above[0] ?? statement).range;
  let end = (behind.at(-1) ?? statement).range[1];
  const indent = indentOfLine(start, text);
  const taken = text
    .slice(start, end)
    .split(eol)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join(eol);
  const startsLine = text.slice(0, start).endsWith(eol + indent);
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (startsLine && rest) {
    start -= indent.length;
    end += rest[0].length;
    const isFirst = previous?.value === "{";
    const blank = isFirst && /^[ \t]*\r?\n/.exec(text.slice(end));
    if (blank) end += blank[0].length;
  } else {
    end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  }
  return {
    removal: { range: [start, end], text: "" },
    text: taken,
    comments: [...above, ...behind].map((each) =>
      sourceCode.getText(each as unknown as TSESTree.Node),
    ),
    eol,
    semi: sourceCode.getText(statement).endsWith(";") ? ";" : "",
  };
}

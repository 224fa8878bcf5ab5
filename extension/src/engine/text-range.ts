import type { SourceCode } from "eslint";
import type { Range } from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** A place as ESTree gives it: lines from 1, columns from 0. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where two ESTree positions lie in a document.
 *
 * It goes through the offset because ESLint ends lines at U+2028 and U+2029 too, and editors don't.
 */
export function rangeBetween(
  document: TextDocument,
  sourceCode: SourceCode,
  start: SourcePosition,
  end: SourcePosition,
): Range {
  return rangeOfOffsets(document, [
    sourceCode.getIndexFromLoc(start),
    sourceCode.getIndexFromLoc(end),
  ]);
}

/** Where a pair of offsets, as ESLint's fixes have them, lies in a document. */
export function rangeOfOffsets(
  document: TextDocument,
  [start, end]: readonly [number, number],
): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/**
 * The rest of the line from a place named by a parser, at least a character where the line has one.
 *
 * A parser's place may be missing or beyond the end: the document's own bounds hold.
 */
export function restOfLine(
  document: TextDocument,
  line: number,
  character: number,
): Range {
  const start = document.positionAt(
    document.offsetAt({
      line: Math.max(line, 0),
      character: Math.max(character, 0),
    }),
  );
  const lineEnd = document.positionAt(
    document.offsetAt({ line: start.line, character: Number.MAX_SAFE_INTEGER }),
  );
  return { start, end: lineEnd };
}

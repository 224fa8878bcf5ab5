import type { TSESLint } from "@typescript-eslint/utils";
import { type Edit, insertAt, removeStatement, replace } from "./edit.js";
import { type Guard, headRange } from "./guard.js";
import type { GuardedRegion } from "./guarded-region.js";
import { indentLines, type Layout } from "./layout.js";
import { namesLeftUnread } from "./names-left-unread.js";

export interface Wrapping {
  /** What stands instead of the acquire statement; it stays where undefined. */
  readonly acquire?: string;
  /** Lines between the acquire statement and the region. */
  readonly opening: readonly string[];
  /** Lines after the region, instead of its release. */
  readonly closing: readonly string[];
}

/**
 * Puts lines before and after a region, indents it by a level and takes out
 * the releases that the new form makes superfluous. All else in the region,
 * comments included, stays byte for byte.
 */
export function wrapRegion(
  region: GuardedRegion,
  { acquire, opening, closing }: Wrapping,
  { indent, unit, eol }: Layout,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  const { text } = sourceCode;
  const first = region.statements[0];
  const last = region.statements.at(-1);
  if (!first || !last) return [];
  const lines = (each: readonly string[]) =>
    each.map((line) => `${eol}${indent}${line}`).join("");

  const edits: Edit[] = [];
  const acquireEnd = region.acquire.range[1];
  if (acquire !== undefined) edits.push(replace(region.acquire, acquire));

  // A comment behind the acquire stays on its line.
  const gap = text.slice(acquireEnd, first.range[0]);
  const newline = gap.indexOf("\n");
  let bodyStart: number;
  if (newline === -1) {
    bodyStart = first.range[0];
    edits.push({
      range: [acquireEnd, bodyStart],
      text: `${lines(opening)}${eol}${indent}${unit}`,
    });
  } else {
    const lineEnd = acquireEnd + newline - (gap[newline - 1] === "\r" ? 1 : 0);
    const blank = /^(?:[ \t]*\r?\n)*/.exec(gap.slice(newline + 1))?.[0] ?? "";
    bodyStart = acquireEnd + newline;
    const blankStart = bodyStart + 1;
    if (opening.length > 0) edits.push(insertAt(lineEnd, lines(opening)));
    if (blank.length > 0) {
      edits.push({ range: [blankStart, blankStart + blank.length], text: "" });
      bodyStart += blank.length;
    }
  }

  const releases = [
    ...region.earlyReleases,
    ...(region.release ? [region.release] : []),
    ...(region.guard ? [region.guard.release] : []),
  ];
  const removed = [
    ...region.earlyReleases,
    ...namesLeftUnread(region.statements, releases, sourceCode),
  ].map((each) => removeStatement(each, sourceCode));
  const indentUpTo = (end: number) =>
    indentLines([bodyStart, end], unit, sourceCode).filter(
      ({ range: [at] }) =>
        !removed.some(({ range: [from, to] }) => from <= at && at < to),
    );
  const { guard } = region;
  const head = guard?.isMovable && headRange(guard.statement, sourceCode);
  if (guard && head) {
    const { block, range } = guard.statement;
    edits.push(
      ...indentUpTo(head[0]),
      ...removed,
      { range: head, text: "" },
      {
        range: [block.range[1] - 1, range[1]],
        text: closing.join(eol + indent),
      },
    );
    return edits;
  }
  if (guard) removed.push(removeGuard(guard, sourceCode));
  const regionEnd = region.release
    ? text.slice(0, region.release.range[0]).trimEnd().length
    : last.range[1];
  edits.push(...indentUpTo(regionEnd + 1), ...removed);
  edits.push(
    region.release
      ? { range: [regionEnd, region.release.range[1]], text: lines(closing) }
      : insertAt(lineEndAfter(regionEnd, text), lines(closing)),
  );
  return edits;
}

/** Takes the release out of a `finally`, and that with it if it is all. */
function removeGuard(
  { statement: { finalizer, handler, range }, release }: Guard,
  sourceCode: TSESLint.SourceCode,
): Edit {
  return finalizer?.body.length === 1 && handler
    ? { range: [handler.range[1], range[1]], text: "" }
    : removeStatement(release, sourceCode);
}

/** The end of a line on which nothing but a comment follows `offset`. */
function lineEndAfter(offset: number, text: string): number {
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(offset));
  return offset + (comment?.[0].length ?? 0);
}

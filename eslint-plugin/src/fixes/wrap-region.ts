import type { TSESLint } from "@typescript-eslint/utils";
import { type Edit, insertAt, removeStatement, replace } from "./edit.js";
import { type Guard, headRange } from "./guard.js";
import type { GuardedRegion } from "./guarded-region.js";
import {
  indentLines,
  type Layout,
  lineEndAfter,
  startWithComments,
} from "./layout.js";
import { namesLeftUnread } from "./names-left-unread.js";
import type { ReleaseStatement } from "./release-statement.js";

export interface Wrapping {
  /** What stands instead of the acquire statement; it stays where undefined. */
  readonly acquire?: string;
  /** Lines between the acquire statement and the region. */
  readonly opening: readonly string[];
  /** Lines after the region, instead of its release. */
  readonly closing: readonly string[];
  /** Whether they have the comments above the release in them. */
  readonly takesComments?: boolean;
}

/**
 * Puts lines before and after a region, indents it by a level and takes out
 * the releases that the new form makes superfluous. All else in the region,
 * comments included, stays byte for byte.
 */
export function wrapRegion(
  region: GuardedRegion,
  { acquire, opening, closing, takesComments = false }: Wrapping,
  layout: Layout,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  const { text } = sourceCode;
  const { indent, eol } = layout;
  const last = region.statements.at(-1);
  if (!last) return [];
  const { guard } = region;
  const isGuardLeft =
    guard?.growth === "begin" && guard.statement.finalizer?.body.length === 1;
  const head = isGuardLeft && headRange(guard.statement, sourceCode);
  const moved = takesComments && movedRelease(region);
  const startOf = (release: ReleaseStatement) =>
    release === moved
      ? startWithComments(release, sourceCode)
      : release.range[0];
  const releases = [
    ...region.earlyReleases,
    ...(region.release ? [region.release] : []),
    ...(guard ? [guard.release] : []),
  ];
  const removed = [
    ...region.earlyReleases.map((each) =>
      removeRelease(each, startOf(each), sourceCode),
    ),
    ...namesLeftUnread(region.statements, releases, sourceCode).map((each) =>
      removeStatement(each, sourceCode),
    ),
  ];

  const edits: Edit[] = [];
  if (acquire !== undefined) edits.push(replace(region.start, acquire));
  if (guard && head) {
    const { block, range } = guard.statement;
    edits.push(
      ...openRegion(region, opening, head[0], removed, layout, sourceCode),
      { range: head, text: "" },
      {
        range: [block.range[1] - 1, range[1]],
        text: closing.join(eol + indent),
      },
    );
    return edits;
  }
  if (guard) {
    removed.push(removeGuard(guard, startOf(guard.release), sourceCode));
  }
  const regionEnd = region.release
    ? text.slice(0, startOf(region.release)).trimEnd().length
    : last.range[1];
  const lines = closing.map((line) => `${eol}${indent}${line}`).join("");
  edits.push(
    ...openRegion(region, opening, regionEnd + 1, removed, layout, sourceCode),
    region.release
      ? { range: [regionEnd, region.release.range[1]], text: lines }
      : insertAt(lineEndAfter(regionEnd, text), lines),
  );
  return edits;
}

/**
 * Begins a `try` right behind the acquire that a region's own guard ends: all
 * that it does at its end stays as it is written.
 */
export function extendGuard(
  region: GuardedRegion,
  { statement: guard, growth }: Guard,
  opening: readonly string[],
  layout: Layout,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  const head = headRange(guard, sourceCode);
  const removed = region.earlyReleases.map((each) =>
    removeRelease(each, each.range[0], sourceCode),
  );
  if (growth === "begin" && head) {
    return [
      ...openRegion(region, opening, head[0], removed, layout, sourceCode),
      { range: head, text: "" },
    ];
  }
  const { range } = guard.handler ?? guard.block;
  return [
    ...openRegion(region, opening, range[1] + 1, removed, layout, sourceCode),
    insertAt(range[1], `${layout.eol}${layout.indent}}`),
  ];
}

/**
 * Puts lines before a region and indents it up to an offset, but for what is
 * removed from it.
 */
function openRegion(
  region: GuardedRegion,
  opening: readonly string[],
  end: number,
  removed: readonly Edit[],
  { indent, unit, eol }: Layout,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  const { text } = sourceCode;
  const first = region.statements[0];
  if (!first) return [];
  const edits: Edit[] = [];
  const lines = opening.map((line) => `${eol}${indent}${line}`).join("");

  // A comment behind the acquire stays on its line.
  const startEnd = region.start.range[1];
  const gap = text.slice(startEnd, first.range[0]);
  const newline = gap.indexOf("\n");
  let bodyStart: number;
  if (newline === -1) {
    bodyStart = first.range[0];
    edits.push({
      range: [startEnd, bodyStart],
      text: `${lines}${eol}${indent}${unit}`,
    });
  } else {
    const lineEnd = startEnd + newline - (gap[newline - 1] === "\r" ? 1 : 0);
    const blank = /^(?:[ \t]*\r?\n)*/.exec(gap.slice(newline + 1))?.[0] ?? "";
    bodyStart = startEnd + newline;
    const blankStart = bodyStart + 1;
    if (opening.length > 0) edits.push(insertAt(lineEnd, lines));
    if (blank.length > 0) {
      edits.push({ range: [blankStart, blankStart + blank.length], text: "" });
      bodyStart += blank.length;
    }
  }

  const isGone = ({ range: [at] }: Edit) =>
    removed.some(({ range: [from, to] }) => from <= at && at < to);
  const indented = indentLines([bodyStart, end], unit, sourceCode);
  return [...edits, ...indented.filter((each) => !isGone(each)), ...removed];
}

/**
 * The release whose place the one at the region's end takes, if it is one. A
 * `return` stays where it is.
 */
export function movedRelease({
  release,
  guard,
  earlyReleases: [early, ...others],
}: GuardedRegion): ReleaseStatement | undefined {
  const only = others.length === 0 ? early : undefined;
  const moved = release ?? guard?.release ?? only;
  return moved?.type === "ReturnStatement" ? undefined : moved;
}

/** Removes a release from a place on; of one that is returned the `return` stays. */
function removeRelease(
  release: ReleaseStatement,
  start: number,
  sourceCode: TSESLint.SourceCode,
): Edit {
  if (release.type !== "ReturnStatement") {
    return removeStatement({ range: [start, release.range[1]] }, sourceCode);
  }
  const last = sourceCode.getLastToken(release)!;
  const end = last.value === ";" ? sourceCode.getTokenBefore(last)! : last;
  return {
    range: [sourceCode.getFirstToken(release)!.range[1], end.range[1]],
    text: "",
  };
}

/** Takes the release out of a `finally`, and that with it if it is all. */
function removeGuard(
  { statement: { finalizer, handler, range }, release }: Guard,
  start: number,
  sourceCode: TSESLint.SourceCode,
): Edit {
  return finalizer?.body.length === 1 && handler
    ? { range: [handler.range[1], range[1]], text: "" }
    : removeStatement({ range: [start, release.range[1]] }, sourceCode);
}

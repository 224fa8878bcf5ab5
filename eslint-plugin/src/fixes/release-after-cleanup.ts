import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import { contains } from "../analysis/tree.js";
import {
  acquireStatement,
  statementEndingWithAcquire,
} from "./acquire-statement.js";
import { type Edit, insertAt } from "./edit.js";
import {
  indentLines,
  indentOfLine,
  layoutAt,
  lineEndAfter,
  startWithComments,
} from "./layout.js";
import { isSteadyCondition } from "./release-condition.js";
import {
  type ReleaseStatement,
  wholeReleaseStatement,
} from "./release-statement.js";

/**
 * `finally { try { await cleanUp(); } finally { sem.release(); } }`, for a
 * release that comes last in a `finally`, if what comes first there throws.
 */
export function releaseAfterCleanup(
  leak: Leak,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { events, thrower } = leak;
  const [call, ...others] = events.releases;
  const release = call && wholeReleaseStatement(call);
  const block = release?.parent;
  if (!release || others.length > 0) return undefined;
  if (block?.type !== "BlockStatement") return undefined;
  const { parent: statement } = block;
  if (statement.type !== "TryStatement" || statement.finalizer !== block) {
    return undefined;
  }
  if (block.body.at(-1) !== release || !isHeldIn(statement, leak)) {
    return undefined;
  }
  const cleanup = block.body.slice(0, -1);
  if (!thrower || !cleanup.some((each) => contains(each, thrower))) {
    return undefined;
  }
  return release.type !== "IfStatement" ||
    isSteadyCondition(release, cleanup, sourceCode)
    ? nest(cleanup, release, sourceCode)
    : undefined;
}

/** Whether the permit is acquired in a `try`, or right before it. */
function isHeldIn(statement: TSESTree.TryStatement, leak: Leak): boolean {
  if (contains(statement.block, leak.acquire)) return true;
  const acquire = acquireStatement(leak) ?? statementEndingWithAcquire(leak);
  const block = acquire?.parent;
  return (
    block?.type === "BlockStatement" &&
    block.body[block.body.indexOf(acquire!) + 1] === statement
  );
}

function nest(
  cleanup: readonly TSESTree.Statement[],
  release: ReleaseStatement,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { text } = sourceCode;
  const [first] = cleanup;
  const last = cleanup.at(-1);
  if (!first || !last) return undefined;
  const start = startWithComments(first, sourceCode);
  const releaseStart = startWithComments(release, sourceCode);
  const cleanupEnd = lineEndAfter(last.range[1], text);
  const releaseEnd = lineEndAfter(release.range[1], text);
  const head = /\r?\n[ \t]*$/.exec(text.slice(0, start));
  const gap = text.slice(cleanupEnd, releaseStart);
  if (!head || !/^\s*\n[ \t]*$/.test(gap)) return undefined;
  if (!/^[ \t]*\r?\n/.test(text.slice(releaseEnd))) return undefined;

  const indent = indentOfLine(start, text);
  const { eol, unit } = layoutAt(first, sourceCode);
  const releaseIndent = gap.slice(gap.lastIndexOf("\n") + 1);
  return [
    insertAt(head.index, `${eol}${indent}try {`),
    ...indentLines([head.index, cleanupEnd], unit, sourceCode),
    {
      range: [cleanupEnd, releaseStart],
      text: `${eol}${indent}} finally {${eol}${releaseIndent}${unit}`,
    },
    ...indentLines([releaseStart, releaseEnd], unit, sourceCode),
    insertAt(releaseEnd, `${eol}${indent}}`),
  ];
}

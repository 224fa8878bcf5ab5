import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { jumpTarget } from "../analysis/exits.js";
import type { Leak } from "../analysis/facts.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
} from "../analysis/tree.js";
import { acquireStatement } from "./acquire-statement.js";
import { type Edit, insertAt, replace } from "./edit.js";
import { isInertExit } from "./last-on-its-path.js";
import { indentOfLine, layoutAt } from "./layout.js";
import { releaseStatement } from "./release-statement.js";
import { releaseText } from "./release-text.js";

/**
 * `{ sem.release(); return; }`, for a `try` that releases before it goes on, and
 * whose `catch` releases as well: only the ways out before that leak.
 */
export function releaseBeforeReturn(
  leak: Leak,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { exit, severity, owner } = leak;
  if (exit !== "return" || severity !== undefined || owner.generator) {
    return undefined;
  }
  const statement = tryBehindAcquire(leak);
  const sure = statement && sureRelease(statement, leak);
  if (!statement || !sure) return undefined;
  const release = releaseText(
    leak,
    layoutAt(sure, sourceCode).semi,
    sourceCode,
  );
  const exits = exitsBefore(sure, statement, sourceCode);
  return release !== undefined && exits && exits.length > 0
    ? exits.map((each) => releaseBefore(each, release, sourceCode))
    : undefined;
}

function tryBehindAcquire(leak: Leak): TSESTree.TryStatement | undefined {
  const acquire = acquireStatement(leak);
  const block = acquire?.parent;
  if (block?.type !== "BlockStatement") return undefined;
  const next = block.body[block.body.indexOf(acquire!) + 1];
  return next?.type === "TryStatement" ? next : undefined;
}

/**
 * The release that a `try` comes by unless it is left before, where the one in
 * its `catch` is the only other.
 */
function sureRelease(
  { block, handler, finalizer }: TSESTree.TryStatement,
  { events }: Leak,
): TSESTree.Statement | undefined {
  if (finalizer || !handler || events.releases.length !== 2) return undefined;
  const [sure, caught] = events.releases.map(releaseStatement);
  const { body } = handler.body;
  const before = body.slice(
    0,
    body.findIndex((each) => each === caught),
  );
  return sure?.parent === block &&
    caught?.parent === handler.body &&
    before.every(isPlainAssignment)
    ? sure
    : undefined;
}

/** `isAborted = true;`, which can't throw. */
function isPlainAssignment(statement: TSESTree.Statement): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  return (
    expression.type === "AssignmentExpression" &&
    expression.left.type === "Identifier" &&
    expression.right.type === "Literal"
  );
}

/**
 * The `return`s before a release in a `try`. Undefined where one may still
 * throw, or where there are other ways out.
 */
function exitsBefore(
  release: TSESTree.Statement,
  { block }: TSESTree.TryStatement,
  { visitorKeys }: TSESLint.SourceCode,
): TSESTree.ReturnStatement[] | undefined {
  const owner = enclosingFunction(block);
  const exits: TSESTree.ReturnStatement[] = [];
  for (const node of descendantsOf(block, visitorKeys)) {
    if (node.range[0] > release.range[0]) continue;
    switch (node.type) {
      case "ReturnStatement":
        if (enclosingFunction(node) !== owner) break;
        if (!isInertExit(node)) return undefined;
        exits.push(node);
        break;
      case "BreakStatement":
      case "ContinueStatement": {
        const target = jumpTarget(node);
        if (!target || !contains(block, target)) return undefined;
        break;
      }
      case "TryStatement":
        return undefined;
    }
  }
  return exits;
}

function releaseBefore(
  exit: TSESTree.ReturnStatement,
  release: string,
  sourceCode: TSESLint.SourceCode,
): Edit {
  const { eol, unit } = layoutAt(exit, sourceCode);
  const { text } = sourceCode;
  const indent = indentOfLine(exit.range[0], text);
  if (
    exit.parent.type === "BlockStatement" ||
    exit.parent.type === "SwitchCase"
  ) {
    const startsLine = /(?:^|\n)[ \t]*$/.test(text.slice(0, exit.range[0]));
    const gap = startsLine ? eol + indent : release.endsWith(";") ? " " : "; ";
    return insertAt(exit.range[0], release + gap);
  }
  const lines = [release, sourceCode.getText(exit)];
  const inside = lines.map((line) => `${eol}${indent}${unit}${line}`).join("");
  return replace(exit, `{${inside}${eol}${indent}}`);
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { SecondRelease } from "../analysis/facts.js";
import { contains } from "../analysis/tree.js";
import { type Edit, removeStatement } from "./edit.js";
import { isLastOnItsPath } from "./last-on-its-path.js";
import { releaseStatement } from "./release-statement.js";

/** Removes a release that comes after another one on every path. */
export function dropSecondRelease(
  { release, isAlwaysSecond }: SecondRelease,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (!isAlwaysSecond || release.type !== "CallExpression") return undefined;
  const statement = releaseStatement(release);
  return statement && isInList(statement)
    ? [removeStatement(statement, sourceCode)]
    : undefined;
}

/**
 * Removes the earlier releases after which nothing is left to do but the second
 * one: those in a `try` whose `finally` begins with it, or in the statement just
 * before it. Undefined where that doesn't account for every earlier release.
 */
export function dropEarlyReleases(
  { release, events }: SecondRelease,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (release.type !== "CallExpression" || events.releasesInHelper) {
    return undefined;
  }
  const last = releaseStatement(release);
  const places = last ? placesBefore(last) : [];
  const early = events.releases
    .filter((each) => each !== release)
    .map(releaseStatement);
  const dropped: TSESTree.ExpressionStatement[] = [];
  for (const each of early) {
    if (!each) return undefined;
    const place = places.find(({ node }) => contains(node, each));
    if (!place) return undefined;
    // A jump doesn't come to a release that stands after the statement.
    if (!place.isFinal && jumpAfter(each)) continue;
    const isCaught = place.isCaught && jumpAfter(each) === "ThrowStatement";
    if (
      isCaught ||
      !isLastOnItsPath(each, place.node, { byJump: place.isFinal })
    )
      return undefined;
    dropped.push(each);
  }
  return dropped.length > 0
    ? dropped.map((each) => removeStatement(each, sourceCode))
    : undefined;
}

/** What is done, or left, right before a release. */
interface Place {
  readonly node: TSESTree.Node;
  /** Whether the release comes however it is left. */
  readonly isFinal: boolean;
  /** Whether a `catch` goes on after a throw. */
  readonly isCaught?: boolean;
}

function placesBefore(last: TSESTree.ExpressionStatement): Place[] {
  const { parent } = last;
  if (parent.type !== "BlockStatement") return [];
  const previous = parent.body[parent.body.indexOf(last) - 1];
  if (previous) return [{ node: previous, isFinal: false }];
  const statement = parent.parent;
  if (statement.type !== "TryStatement" || statement.finalizer !== parent) {
    return [];
  }
  const { block, handler } = statement;
  return [
    { node: block, isFinal: true, isCaught: handler !== null },
    ...(handler ? [{ node: handler.body, isFinal: true }] : []),
  ];
}

/** The jump that is the next thing to happen, if it is one. */
function jumpAfter(
  statement: TSESTree.ExpressionStatement,
): "ReturnStatement" | "ThrowStatement" | undefined {
  const { parent } = statement;
  if (parent.type !== "BlockStatement") return undefined;
  const next = parent.body[parent.body.indexOf(statement) + 1];
  return next?.type === "ReturnStatement" || next?.type === "ThrowStatement"
    ? next.type
    : undefined;
}

/** Whether a statement can go without leaving a gap in the syntax. */
function isInList({ parent }: TSESTree.Node): boolean {
  return (
    parent?.type === "BlockStatement" ||
    parent?.type === "SwitchCase" ||
    parent?.type === "StaticBlock" ||
    parent?.type === "Program"
  );
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import type { File } from "../analysis/file.js";
import { permitFactsOf } from "../analysis/permit-facts.js";
import { acquireStatement } from "./acquire-statement.js";
import {
  type ReleaseStatement,
  type ReturnedRelease,
  wholeReleaseStatement,
} from "./release-statement.js";

/** A `try` that comes too late, and whose `finally` releases. */
export interface Guard {
  readonly statement: TSESTree.TryStatement;
  readonly release: Exclude<ReleaseStatement, ReturnedRelease>;
  /**
   * How it comes to stand around what is before it. `"begin"`: it begins sooner
   * as it is, since it does nothing but to release. `"around"`: its `finally`
   * goes to a new `try` around it, for the same reason. `"split"`: it stays as it
   * is, but for the release, which goes to a new one.
   */
  readonly growth: "around" | "begin" | "split";
}

/** The guard among the statements behind an acquire, if it can be moved. */
export function guardIn(
  following: readonly TSESTree.Statement[],
  releases: readonly (ReleaseStatement | undefined)[],
  leak: Leak,
  file: File,
): Guard | undefined {
  for (const [at, statement] of following.entries()) {
    if (statement.type !== "TryStatement" || !statement.finalizer) continue;
    const { finalizer, handler } = statement;
    const release = finalizer.body.find(
      (each): each is Guard["release"] =>
        each.type !== "ReturnStatement" &&
        releases.some((release) => release === each),
    );
    if (at === 0 || !release) continue;
    const before = following.slice(0, at);
    if (!onlyReleases(finalizer, release, leak, file)) {
      return release === finalizer.body.at(-1)
        ? { statement, release, growth: "split" }
        : undefined;
    }
    if (handler) return { statement, release, growth: "around" };
    return canBeginSooner(statement, before, file.sourceCode)
      ? { statement, release, growth: "begin" }
      : undefined;
  }
  return undefined;
}

/**
 * Whether a `finally` does nothing but to release: this permit, and those that
 * the same block acquired before it.
 */
function onlyReleases(
  finalizer: TSESTree.BlockStatement,
  release: ReleaseStatement,
  { acquire }: Leak,
  file: File,
): boolean {
  if (finalizer.body.length === 1) return true;
  const block = finalizer.parent.parent;
  const others = permitFactsOf(file).flatMap(({ site, events }) => {
    const statement = acquireStatement({ site });
    const [only, ...more] = events.releases;
    return statement?.parent === block &&
      site.call.range[1] < acquire.range[0] &&
      only &&
      more.length === 0
      ? [wholeReleaseStatement(only)]
      : [];
  });
  return finalizer.body.every(
    (each) => each === release || others.some((other) => other === each),
  );
}

/**
 * Whether a `try` is written on lines of its own, and declares nothing by a name
 * that is declared before it: the two would come into one block.
 */
export function canBeginSooner(
  statement: TSESTree.TryStatement,
  before: readonly TSESTree.Statement[],
  sourceCode: TSESLint.SourceCode,
): boolean {
  const { text } = sourceCode;
  const { block } = statement;
  const [first] = block.body;
  if (!first || headRange(statement, sourceCode) === undefined) return false;
  const closing = text.slice(0, block.range[1] - 1);
  if (!/\n[ \t]*$/.test(closing)) return false;
  const declaredBefore = namesDeclaredBy(before, sourceCode);
  return namesDeclaredBy(block.body, sourceCode).every(
    (name) => !declaredBefore.includes(name),
  );
}

/** The line `try {`, where nothing else is on it. */
export function headRange(
  { range, block }: TSESTree.TryStatement,
  { text }: TSESLint.SourceCode,
): TSESTree.Range | undefined {
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, range[0]));
  const rest = /^[ \t]*\r?\n/.exec(text.slice(block.range[0] + 1));
  return indent && rest
    ? [range[0] - (indent[1]?.length ?? 0), block.range[0] + 1 + rest[0].length]
    : undefined;
}

function namesDeclaredBy(
  statements: readonly TSESTree.Statement[],
  { scopeManager }: TSESLint.SourceCode,
): string[] {
  return statements.flatMap((statement) =>
    (scopeManager?.getDeclaredVariables(statement) ?? [])
      .filter(({ defs }) => defs.length > 0)
      .map(({ name }) => name),
  );
}

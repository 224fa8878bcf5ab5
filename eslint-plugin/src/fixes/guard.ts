import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

/** A `try` that comes too late, and whose `finally` ends with the release. */
export interface Guard {
  readonly statement: TSESTree.TryStatement;
  readonly release: TSESTree.ExpressionStatement;
  /**
   * Whether the `try` can begin sooner as it is, since it does nothing but to
   * release. Else it stays, without the release, inside a new one.
   */
  readonly isMovable: boolean;
}

/** The guard among the statements behind an acquire, if it can be moved. */
export function guardIn(
  following: readonly TSESTree.Statement[],
  releases: readonly (TSESTree.ExpressionStatement | undefined)[],
  sourceCode: TSESLint.SourceCode,
): Guard | undefined {
  for (const [at, statement] of following.entries()) {
    if (statement.type !== "TryStatement" || !statement.finalizer) continue;
    const { finalizer, handler } = statement;
    const release = finalizer.body.at(-1);
    if (
      at === 0 ||
      release?.type !== "ExpressionStatement" ||
      !releases.includes(release)
    ) {
      continue;
    }
    if (sourceCode.getCommentsInside(finalizer).length > 0) return undefined;
    const isMovable = finalizer.body.length === 1 && handler === null;
    const before = following.slice(0, at);
    if (isMovable && !canBeginSooner(statement, before, sourceCode)) {
      return undefined;
    }
    return { statement, release, isMovable };
  }
  return undefined;
}

/**
 * Whether a `try` is written on lines of its own, and declares nothing by a name
 * that is declared before it: the two would come into one block.
 */
function canBeginSooner(
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

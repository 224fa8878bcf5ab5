import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { VainRelease } from "../analysis/facts.js";
import { contains } from "../analysis/tree.js";
import { type Edit, insertAt, removeStatement } from "./edit.js";
import { layoutAt } from "./layout.js";

/**
 * Moves an acquire that begins a `try` to just before it. Not where the `try`
 * has a `catch`, which would no longer see the acquire fail, nor where a
 * comment belongs to the acquire.
 */
export function moveAcquireOut(
  { site, statement }: VainRelease,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const [first, second] = statement.block.body;
  if (statement.handler || !first || !contains(first, site.call)) {
    return undefined;
  }
  if (statement.parent.type !== "BlockStatement") return undefined;
  if (!isMovable(first) || declaresName(first, statement, sourceCode)) {
    return undefined;
  }
  const next = second ?? sourceCode.getLastToken(statement.block);
  const opening = sourceCode.getFirstToken(statement.block);
  if (
    !next ||
    !opening ||
    sourceCode.commentsExistBetween(opening, first) ||
    sourceCode.commentsExistBetween(first, next)
  ) {
    return undefined;
  }
  const { indent, eol } = layoutAt(statement, sourceCode);
  return [
    insertAt(statement.range[0], `${sourceCode.getText(first)}${eol}${indent}`),
    removeStatement(first, sourceCode),
  ];
}

function isMovable(statement: TSESTree.Statement): boolean {
  return (
    statement.type === "ExpressionStatement" ||
    (statement.type === "VariableDeclaration" &&
      statement.declarations.length === 1)
  );
}

/** Whether the move would bring a name where it is declared already. */
function declaresName(
  moved: TSESTree.Statement,
  statement: TSESTree.TryStatement,
  sourceCode: TSESLint.SourceCode,
): boolean {
  if (moved.type !== "VariableDeclaration") return false;
  const scope = sourceCode.getScope?.(statement);
  const declared = sourceCode.scopeManager?.getDeclaredVariables(moved) ?? [];
  return declared.some(
    ({ name }) =>
      scope?.set.has(name) ||
      scope?.through.some(({ identifier }) => identifier.name === name),
  );
}

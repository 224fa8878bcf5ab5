import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ManualRelease } from "../analysis/facts.js";
import { contains } from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt } from "./edit.js";
import { freeName, markUnread } from "./free-name.js";
import type { HeldWithUsing } from "./hold-with-using.js";
import { dedentLines, layoutAt } from "./layout.js";

/**
 * `using permit = await sem.acquire();` for an acquire and a `try … finally`
 * that ends its block. Elsewhere the permit would be held for longer, so there
 * is no rewrite.
 */
export function unwrapTry(
  { acquire, facts, statement }: ManualRelease,
  sourceCode: TSESLint.SourceCode,
): HeldWithUsing | undefined {
  const { disposable } = facts.site.form;
  const { parent: block } = acquire;
  if (!disposable || block.type !== "BlockStatement") return undefined;
  if (block.body.at(-1) !== statement) return undefined;
  const keyword = disposable === "async" ? "await using" : "using";
  const [first] = statement.block.body;
  const last = statement.block.body.at(-1);
  const declaration = sourceCode.getFirstToken(acquire);
  if (!first || !last || !declaration) return undefined;
  if (
    sourceCode.commentsExistBetween(acquire, first) ||
    sourceCode.commentsExistBetween(last, afterLast(statement, sourceCode))
  ) {
    return undefined;
  }
  const id = idOf(acquire);
  if (id && id.type !== "Identifier") return undefined;
  const isRead =
    id &&
    variablesOf(sourceCode)
      .get(id)
      ?.references.some(
        ({ init, identifier }) =>
          !init && contains(statement.block, identifier),
      );
  const name = freeName("_permit", acquire, sourceCode);
  const { eol, indent, unit } = layoutAt(acquire, sourceCode);
  const edits: Edit[] = [
    acquire.type === "VariableDeclaration"
      ? { range: [...declaration.range], text: keyword }
      : insertAt(acquire.range[0], `${keyword} ${name} = `),
    ...(id && !isRead ? [markUnread(id, sourceCode)] : []),
    {
      range: [acquire.range[1], first.range[0]],
      text: eol + indent,
    },
    ...dedentLines([first.range[0], last.range[1]], unit.length, sourceCode),
    { range: [last.range[1], statement.range[1]], text: "" },
  ];
  return { edits, isRead: isRead ?? false };
}

function idOf(
  acquire: ManualRelease["acquire"],
): TSESTree.BindingName | undefined {
  return acquire.type === "VariableDeclaration"
    ? acquire.declarations[0].id
    : undefined;
}

function afterLast(
  statement: ManualRelease["statement"],
  sourceCode: TSESLint.SourceCode,
) {
  return sourceCode.getLastToken(statement) ?? statement;
}

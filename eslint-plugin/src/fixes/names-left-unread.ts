import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { contains, isFunction } from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";

/**
 * The statements that do nothing but name a function, `const done = release;`,
 * which nobody reads once some statements are gone: TypeScript's
 * `noUnusedLocals` would refuse what stays.
 */
export function namesLeftUnread(
  statements: readonly TSESTree.Statement[],
  gone: readonly TSESTree.Node[],
  sourceCode: TSESLint.SourceCode,
): TSESTree.Statement[] {
  return statements.filter((statement) => {
    const name = nameOf(statement);
    const variable = name && variablesOf(sourceCode).get(name);
    const uses = variable?.references.filter(({ init }) => !init) ?? [];
    return (
      uses.length > 0 &&
      uses.every(({ identifier }) =>
        gone.some((each) => contains(each, identifier)),
      )
    );
  });
}

function nameOf(statement: TSESTree.Statement): TSESTree.Node | undefined {
  if (statement.type === "FunctionDeclaration") return statement.id;
  if (statement.type !== "VariableDeclaration") return undefined;
  const [declarator, ...more] = statement.declarations;
  const init = declarator?.init ?? undefined;
  return more.length === 0 && (init?.type === "Identifier" || isFunction(init))
    ? declarator?.id
    : undefined;
}

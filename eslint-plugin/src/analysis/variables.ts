import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

export type Variable = TSESLint.Scope.Variable;
export type Reference = TSESLint.Scope.Reference;

/** Which variable an identifier stands for, at its uses and its declaration. */
export type Variables = ReadonlyMap<TSESTree.Node, Variable>;

const cache = new WeakMap<TSESLint.SourceCode, Variables>();

export function variablesOf(sourceCode: TSESLint.SourceCode): Variables {
  const known = cache.get(sourceCode);
  if (known) return known;
  const variables = new Map<TSESTree.Node, Variable>();
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const variable of scope.variables) {
      for (const name of variable.identifiers) variables.set(name, variable);
    }
    for (const reference of scope.references) {
      if (reference.resolved) {
        variables.set(reference.identifier, reference.resolved);
      }
    }
  }
  cache.set(sourceCode, variables);
  return variables;
}

/** The expression a variable is initialised with, where it is never reassigned. */
export function constantInit(
  variable: Variable,
): TSESTree.Expression | undefined {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || !definition) return undefined;
  const { node } = definition;
  if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") {
    return undefined;
  }
  const reassigned = variable.references.some(
    (reference) => reference.isWrite() && !reference.init,
  );
  return reassigned ? undefined : (node.init ?? undefined);
}

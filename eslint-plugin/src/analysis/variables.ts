import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { type FunctionNode, isFunction, keyName, unwrap } from "./tree.js";

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
  return isReassigned(variable) ? undefined : (node.init ?? undefined);
}

/**
 * Which member of what is in a variable that `const { member: name } = from`
 * declares, where it is never reassigned.
 */
export function destructured(
  variable: Variable,
): { from: TSESTree.Expression; member: string } | undefined {
  const [definition] = variable.defs;
  const declarator = definition?.node;
  if (
    variable.defs.length !== 1 ||
    declarator?.type !== "VariableDeclarator" ||
    declarator.id.type !== "ObjectPattern" ||
    !declarator.init ||
    isReassigned(variable)
  ) {
    return undefined;
  }
  const property = declarator.id.properties.find(
    ({ value }) => value === definition?.name,
  );
  if (property?.type !== "Property" || property.computed) return undefined;
  const member = keyName(property.key);
  return member === undefined ? undefined : { from: declarator.init, member };
}

/** Whether a variable is ever written to but by its declaration. */
export function isReassigned({ references }: Variable): boolean {
  return references.some((each) => each.isWrite() && !each.init);
}

/** The function that a variable always holds, where it is written down. */
export function constantFunction(variable: Variable): FunctionNode | undefined {
  const [definition] = variable.defs;
  // The definition of a parameter is a function as well: the one that takes it.
  if (variable.defs.length === 1 && definition?.type === "FunctionName") {
    return isFunction(definition.node) ? definition.node : undefined;
  }
  const init = constantInit(variable);
  const value = init && unwrap(init);
  return isFunction(value) ? value : undefined;
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { enclosingClass } from "./origin.js";
import {
  descendantsOf,
  type FunctionNode,
  keyName,
  memberName,
} from "./tree.js";
import type { Variable, Variables } from "./variables.js";

/** The calls of a function within its file. */
export interface Calls {
  readonly known: readonly TSESTree.CallExpression[];
  /** Whether nobody else calls it. */
  readonly isAll: boolean;
}

/** Undefined for a function without a name in the file. */
export function callsOf(
  fn: FunctionNode,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): Calls | undefined {
  if (fn.parent.type === "MethodDefinition") {
    return callsOfMethod(fn.parent, sourceCode);
  }
  const variable = variableOf(fn, variables);
  if (!variable) return undefined;
  const known: TSESTree.CallExpression[] = [];
  let isAll = !isExported(variable);
  for (const { identifier, init } of variable.references) {
    if (init) continue;
    const { parent } = identifier;
    if (parent?.type === "CallExpression" && parent.callee === identifier) {
      known.push(parent);
    } else {
      isAll = false;
    }
  }
  return { known, isAll };
}

function callsOfMethod(
  method: TSESTree.MethodDefinition,
  { visitorKeys }: TSESLint.SourceCode,
): Calls | undefined {
  const name = keyName(method.key);
  const body = enclosingClass(method);
  if (name === undefined || !body) return undefined;
  const known: TSESTree.CallExpression[] = [];
  let isAll =
    method.accessibility === "private" ||
    method.key.type === "PrivateIdentifier";
  for (const node of descendantsOf(body, visitorKeys)) {
    if (
      node.type !== "MemberExpression" ||
      node.object.type !== "ThisExpression" ||
      memberName(node) !== name
    ) {
      continue;
    }
    if (node.parent.type === "CallExpression" && node.parent.callee === node) {
      known.push(node.parent);
    } else {
      isAll = false;
    }
  }
  return { known, isAll };
}

function variableOf(
  fn: FunctionNode,
  variables: Variables,
): Variable | undefined {
  if (fn.type === "FunctionDeclaration") {
    return fn.id ? variables.get(fn.id) : undefined;
  }
  const { parent } = fn;
  return parent.type === "VariableDeclarator" && parent.init === fn
    ? variables.get(parent.id)
    : undefined;
}

function isExported(variable: Variable): boolean {
  const node = variable.defs[0]?.node as TSESTree.Node | undefined;
  const declaration =
    node?.type === "VariableDeclarator" ? node.parent.parent : node?.parent;
  return (
    declaration?.type === "ExportNamedDeclaration" ||
    declaration?.type === "ExportDefaultDeclaration"
  );
}

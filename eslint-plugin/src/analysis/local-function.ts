import type { TSESTree } from "@typescript-eslint/types";
import { ownMethod } from "./origin.js";
import { type FunctionNode, isFunction, unwrap } from "./tree.js";
import { constantInit, type Variables } from "./variables.js";

/** The function of the same file that `callee` is, by name or as `this.name`. */
export function localFunction(
  callee: TSESTree.Node,
  variables: Variables,
): FunctionNode | undefined {
  if (callee.type !== "Identifier") return ownMethod(callee);
  const variable = variables.get(callee);
  const definition = variable?.defs[0]?.node;
  if (isFunction(definition)) {
    return variable?.defs[0]?.type === "FunctionName" ? definition : undefined;
  }
  const init = variable && constantInit(variable);
  const value = init && unwrap(init);
  return isFunction(value) ? value : undefined;
}

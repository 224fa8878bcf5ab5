import type { TSESTree } from "@typescript-eslint/types";
import type { Holder } from "./permit-events.js";
import { calleeName, type FunctionNode, isFunction, unwrap } from "./tree.js";
import type { Variables } from "./variables.js";

/** Functions that run what they are given once those who call them are done. */
const laterRunners =
  /^(?:addEventListener|addListener|on|once|setImmediate|setInterval|setTimeout|subscribe)$/;

/**
 * Whether a timer or a listener that the function sets up uses the permit, so
 * that it is held beyond the end of the function on purpose.
 */
export function isUsedLater(
  { variable }: Holder,
  owner: FunctionNode,
  variables: Variables,
): boolean {
  return variable.references.some(({ identifier }) => {
    for (
      let up: TSESTree.Node | undefined = identifier.parent;
      up;
      up = up.parent
    ) {
      if (up === owner) return false;
      if (isFunction(up) && isRunLater(up, variables)) return true;
    }
    return false;
  });
}

/** Whether a function, or its name, is given to a timer or a listener. */
function isRunLater(fn: FunctionNode, variables: Variables): boolean {
  if (isGivenToRunner(fn)) return true;
  const name = "id" in fn && fn.id ? fn.id : variableName(fn);
  const variable = name && variables.get(name);
  return (
    variable?.references.some(({ identifier }) =>
      isGivenToRunner(identifier),
    ) ?? false
  );
}

function variableName({ parent }: FunctionNode): TSESTree.Node | undefined {
  return parent.type === "VariableDeclarator" ? parent.id : undefined;
}

function isGivenToRunner(value: TSESTree.Node): boolean {
  const { parent } = value;
  return (
    parent?.type === "CallExpression" &&
    parent.callee !== value &&
    laterRunners.test(calleeName(unwrap(parent.callee)) ?? "")
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import { memberName, unwrap } from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";

const ids = new WeakMap<Variable, number>();
let lastId = 0;

/** A name for a variable that no other variable shares: `sem#3;`. */
export function variableKey(variable: Variable): string {
  let id = ids.get(variable);
  if (id === undefined) ids.set(variable, (id = ++lastId));
  return `${variable.name}#${id};`;
}

/**
 * The place an expression reads, as a string that is equal for equal places:
 * `this.pool` and, after `const pool = this.pool`, `pool`. Undefined where it
 * is no plain variable or chain of members.
 */
export function accessPath(
  node: TSESTree.Node,
  variables: Variables,
): string | undefined {
  const expression = unwrap(node);
  switch (expression.type) {
    case "ThisExpression":
      return "this";
    case "Identifier": {
      const variable = variables.get(expression);
      if (!variable) return expression.name;
      const init = constantInit(variable);
      const alias =
        init && isPlace(init) ? accessPath(init, variables) : undefined;
      return alias ?? variableKey(variable);
    }
    case "MemberExpression": {
      const object = accessPath(expression.object, variables);
      if (object === undefined) return undefined;
      const name = memberName(expression);
      if (name !== undefined) return `${object}.${name}`;
      const index = accessPath(expression.property, variables);
      return index === undefined ? undefined : `${object}[${index}]`;
    }
    default:
      return undefined;
  }
}

function isPlace(node: TSESTree.Expression): boolean {
  const { type } = unwrap(node);
  return type === "Identifier" || type === "MemberExpression";
}

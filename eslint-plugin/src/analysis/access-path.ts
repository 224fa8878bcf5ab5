import type { TSESTree } from "@typescript-eslint/types";
import { memberName, unwrap } from "./tree.js";
import {
  constantInit,
  destructured,
  type Variable,
  type Variables,
} from "./variables.js";

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
 * `this.pool` and, after `const pool = this.pool` or `const { pool } = this`,
 * `pool`. Undefined where it is no plain variable or chain of members.
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
      return aliasOf(variable, variables) ?? variableKey(variable);
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

/** The place of which a variable that is never reassigned is another name. */
function aliasOf(variable: Variable, variables: Variables): string | undefined {
  const init = constantInit(variable);
  if (init) return isPlace(init) ? accessPath(init, variables) : undefined;
  const taken = destructured(variable);
  if (!taken || !isPlace(taken.from)) return undefined;
  const object = accessPath(taken.from, variables);
  return object === undefined ? undefined : `${object}.${taken.member}`;
}

function isPlace(node: TSESTree.Expression): boolean {
  switch (unwrap(node).type) {
    case "Identifier":
    case "MemberExpression":
    case "ThisExpression":
      return true;
    default:
      return false;
  }
}

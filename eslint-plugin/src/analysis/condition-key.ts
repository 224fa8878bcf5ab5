import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "./access-path.js";
import type { File } from "./file.js";
import { childrenOf, type FunctionNode, isFunction, unwrap } from "./tree.js";
import type { Variables } from "./variables.js";

/**
 * A string that is equal for conditions that have the same outcome while none
 * of their variables is assigned. Undefined where a condition calls something
 * and so may change from one evaluation to the next.
 */
export function conditionKey(
  node: TSESTree.Node,
  variables: Variables,
): string | undefined {
  const expression = unwrap(node);
  switch (expression.type) {
    case "Identifier":
    case "MemberExpression":
      return accessPath(expression, variables);
    case "Literal":
      return expression.raw;
    case "UnaryExpression": {
      const operand = conditionKey(expression.argument, variables);
      return operand && `${expression.operator} ${operand}`;
    }
    case "BinaryExpression": {
      const left = conditionKey(expression.left, variables);
      const right = conditionKey(expression.right, variables);
      return left && right && `${left}${expression.operator}${right}`;
    }
    default:
      return undefined;
  }
}

/**
 * The conditions that a function, with those inside it, tests or assigns more
 * than once: only those can tell two paths apart. Without those that a function
 * inside may change at any time, since it doesn't run here.
 */
export function correlatedConditions(
  body: TSESTree.Node,
  { sourceCode: { visitorKeys }, variables }: File,
  runsHere: (fn: FunctionNode) => boolean,
): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const unsteady = new Set<string>();
  visit(body, false);
  return new Set(
    [...seen]
      .filter(([, times]) => times > 1)
      .map(([key]) => key)
      .filter((key) => ![...unsteady].some((place) => key.includes(place))),
  );

  function visit(node: TSESTree.Node, isElsewhere: boolean): void {
    switch (node.type) {
      case "ConditionalExpression":
      case "DoWhileStatement":
      case "IfStatement":
      case "WhileStatement":
        countTest(node.test);
        break;
      case "ForStatement":
        if (node.test) countTest(node.test);
        break;
      case "LogicalExpression":
        countTest(node.left);
        break;
      case "AssignmentExpression":
        count(node.left);
        if (isElsewhere) noteWrite(node.left);
        break;
      case "UpdateExpression":
        if (isElsewhere) noteWrite(node.argument);
        break;
      case "VariableDeclarator":
        if (node.init) count(node.id);
        break;
    }
    const isInside = isElsewhere || (isFunction(node) && !runsHere(node));
    for (const child of childrenOf(node, visitorKeys)) visit(child, isInside);
  }

  function noteWrite(target: TSESTree.Node): void {
    const variable = variables.get(target);
    const place = variable
      ? variableKey(variable)
      : accessPath(target, variables);
    if (place !== undefined) unsteady.add(place);
  }

  function countTest(test: TSESTree.Node): void {
    const condition = unwrap(test);
    if (condition.type === "UnaryExpression" && condition.operator === "!") {
      countTest(condition.argument);
    } else if (condition.type === "LogicalExpression") {
      // Its left side is counted where the walk comes to the expression itself.
      countTest(condition.right);
    } else {
      count(condition);
    }
  }

  function count(condition: TSESTree.Node): void {
    const key = conditionKey(condition, variables);
    if (key !== undefined) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
}

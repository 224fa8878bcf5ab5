import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "./access-path.js";
import { childrenOf, unwrap } from "./tree.js";
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
 * than once: only those can tell two paths apart.
 */
export function correlatedConditions(
  body: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  variables: Variables,
): ReadonlySet<string> {
  const seen = new Map<string, number>();
  visit(body);
  return new Set(
    [...seen].filter(([, times]) => times > 1).map(([key]) => key),
  );

  function visit(node: TSESTree.Node): void {
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
        break;
      case "VariableDeclarator":
        if (node.init) count(node.id);
        break;
    }
    for (const child of childrenOf(node, visitorKeys)) visit(child);
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

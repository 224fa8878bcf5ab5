import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "./access-path.js";
import type { File } from "./file.js";
import { childrenOf, type FunctionNode, isFunction, unwrap } from "./tree.js";
import { isReassigned, type Variables } from "./variables.js";

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

/** Whether a condition has the same outcome whenever it is tested. */
export function isSteady(
  condition: TSESTree.Node,
  variables: Variables,
): boolean {
  const node = unwrap(condition);
  switch (node.type) {
    case "Literal":
      return true;
    case "Identifier": {
      const variable = variables.get(node);
      return variable !== undefined && !isReassigned(variable);
    }
    case "MemberExpression":
      return isSteady(node.object, variables);
    case "BinaryExpression":
      return isSteady(node.left, variables) && isSteady(node.right, variables);
    case "UnaryExpression":
      return isSteady(node.argument, variables);
    default:
      return false;
  }
}

/** What can tell two paths through a function apart. */
export interface Correlations {
  /** The conditions that it, with the functions inside it, tests or assigns more than once. */
  readonly conditions: ReadonlySet<string>;
  /** The conditions that it tests, if only once, and that never change. */
  readonly steady: ReadonlySet<string>;
  /** The places that a function inside may change at any time once it was made. */
  readonly changedBy: ReadonlyMap<FunctionNode, ReadonlySet<string>>;
}

/**
 * Gathers what can tell two paths apart. A condition on what a function inside
 * changes that may run at any time, even before its place in the code, is left
 * out: it doesn't run here, and so nothing is known of when.
 */
export function correlationsOf(
  body: TSESTree.Node,
  { sourceCode: { visitorKeys }, variables }: File,
  runsHere: (fn: FunctionNode) => boolean,
): Correlations {
  const seen = new Map<string, number>();
  const steady = new Set<string>();
  const unsteady = new Set<string>();
  const changedBy = new Map<FunctionNode, Set<string>>();
  visit(body, undefined);
  return {
    conditions: new Set(
      [...seen]
        .filter(([, times]) => times > 1)
        .map(([key]) => key)
        .filter((key) => ![...unsteady].some((place) => key.includes(place))),
    ),
    steady,
    changedBy,
  };

  /** @param changer the outermost function around the node that doesn't run here */
  function visit(node: TSESTree.Node, changer: FunctionNode | undefined): void {
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
        if (changer) noteWrite(node.left, changer);
        break;
      case "UpdateExpression":
        if (changer) noteWrite(node.argument, changer);
        break;
      case "VariableDeclarator":
        if (node.init) count(node.id);
        break;
    }
    const inside =
      changer ?? (isFunction(node) && !runsHere(node) ? node : undefined);
    for (const child of childrenOf(node, visitorKeys)) visit(child, inside);
  }

  function noteWrite(target: TSESTree.Node, changer: FunctionNode): void {
    const variable = variables.get(target);
    const place = variable
      ? variableKey(variable)
      : accessPath(target, variables);
    if (place === undefined) return;
    if (isMadeInPlace(changer)) {
      changedBy.set(changer, (changedBy.get(changer) ?? new Set()).add(place));
    } else {
      unsteady.add(place);
    }
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
    if (key === undefined) return;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (isSteady(condition, variables)) steady.add(key);
  }
}

/** Whether nobody can call a function before the code comes to it. */
function isMadeInPlace({ type, parent }: FunctionNode): boolean {
  return (
    type !== "FunctionDeclaration" &&
    parent.type !== "MethodDefinition" &&
    parent.type !== "PropertyDefinition"
  );
}

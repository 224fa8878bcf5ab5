import type { TSESTree } from "@typescript-eslint/types";
import { unwrap } from "../analysis/tree.js";

/**
 * Whether nothing happens after a statement but leaving the code around it, by
 * a jump that does nothing else or, if `mayFallOut`, by coming to its end.
 */
export function isLastOnItsPath(
  early: TSESTree.ExpressionStatement,
  around: TSESTree.Node,
  mayFallOut = true,
): boolean {
  const block = early.parent;
  if (block.type !== "BlockStatement") return false;
  const next = block.body[block.body.indexOf(early) + 1];
  return next
    ? isInertExit(next) && leavesUnhindered(next, around)
    : mayFallOut && isTail(early, around);
}

/** Whether a statement jumps and does nothing that takes part of the limit. */
export function isInertExit(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case "ReturnStatement":
      return !statement.argument || isInert(statement.argument);
    case "ThrowStatement":
      return isInert(statement.argument);
    default:
      return false;
  }
}

/** Whether an exit runs no `catch` or `finally` before it leaves a node. */
function leavesUnhindered(
  exit: TSESTree.Statement,
  around: TSESTree.Node,
): boolean {
  for (
    let at: TSESTree.Node | undefined = exit;
    at && at !== around;
    at = at.parent
  ) {
    const parent: TSESTree.Node | undefined = at.parent;
    if (parent?.type !== "TryStatement" || at === parent.finalizer) continue;
    if (parent.finalizer) return false;
    const isCaught = parent.handler !== null && at === parent.block;
    if (isCaught && exit.type === "ThrowStatement") return false;
  }
  return true;
}

/** Whether control that gets past the statement comes to the end of a node. */
function isTail(statement: TSESTree.Statement, around: TSESTree.Node): boolean {
  for (let at: TSESTree.Node = statement; at !== around;) {
    const parent: TSESTree.Node | undefined = at.parent;
    switch (parent?.type) {
      case "BlockStatement":
        if (parent.body.at(-1) !== at) return false;
        break;
      case "TryStatement":
        if (parent.finalizer) return false;
        break;
      case "CatchClause":
      case "IfStatement":
        break;
      default:
        return false;
    }
    at = parent;
  }
  return true;
}

/** An expression whose evaluation does nothing that takes part of the limit. */
function isInert(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case "Identifier":
    case "Literal":
    case "ThisExpression":
      return true;
    case "MemberExpression":
      return !expression.computed && isInert(expression.object);
    case "UnaryExpression":
      return isInert(expression.argument);
    case "TemplateLiteral":
      return expression.expressions.every(isInert);
    case "ArrayExpression":
      return expression.elements.every((each) => !each || isInert(each));
    case "ObjectExpression":
      return expression.properties.every(
        (each) => each.type === "Property" && isInert(each.value),
      );
    case "NewExpression":
      return (
        expression.callee.type === "Identifier" &&
        expression.callee.name.endsWith("Error") &&
        expression.arguments.every(isInert)
      );
    default:
      return false;
  }
}

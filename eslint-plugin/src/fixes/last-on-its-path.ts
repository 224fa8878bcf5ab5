import type { TSESTree } from "@typescript-eslint/types";
import { unwrap } from "../analysis/tree.js";

/** In which ways a path may go on behind a statement that counts as its last. */
interface Ways {
  /** By coming to the end of the code around it. */
  readonly byEnd?: boolean;
  /** By a jump that does nothing else. */
  readonly byJump?: boolean;
}

/**
 * Whether nothing happens after a statement but leaving the code around it, in
 * one of the ways that are allowed, both unless said otherwise.
 */
export function isLastOnItsPath(
  early: TSESTree.Statement,
  around: TSESTree.Node,
  { byEnd = true, byJump = true }: Ways = {},
): boolean {
  if (early.type === "ReturnStatement") {
    return byJump && leavesUnhindered(early, around);
  }
  if (early.parent.type !== "BlockStatement") return false;
  for (let at: TSESTree.Node = early; at !== around;) {
    const parent: TSESTree.Node | undefined = at.parent;
    switch (parent?.type) {
      case "BlockStatement": {
        const next =
          parent.body[parent.body.findIndex((each) => each === at) + 1];
        if (next) {
          return byJump && isInertExit(next) && leavesUnhindered(next, around);
        }
        break;
      }
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
  return byEnd;
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
export function leavesUnhindered(
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

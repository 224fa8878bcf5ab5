import type { TSESTree } from "@typescript-eslint/types";
import { conditionKey, isSteady } from "./condition-key.js";
import { type FunctionNode, unwrap } from "./tree.js";
import type { Variables } from "./variables.js";

/**
 * What conditions are known to have come to where a function is, by condition
 * key: those of every `if` around it, and of those before it that leave. Only
 * conditions on what is never reassigned stay true until the function runs; so
 * does a flag that nothing sets after its declaration.
 */
export function enclosingConditions(
  fn: FunctionNode,
  variables: Variables,
): ReadonlyMap<string, boolean> {
  const known = new Map<string, boolean>();
  let inner: TSESTree.Node = fn;
  for (let at = fn.parent as TSESTree.Node | undefined; at; at = at.parent) {
    switch (at.type) {
      case "ConditionalExpression":
      case "IfStatement":
        if (inner === at.consequent) note(at.test, true);
        else if (inner === at.alternate) note(at.test, false);
        break;
      case "LogicalExpression":
        if (inner !== at.right) break;
        if (at.operator === "&&") note(at.left, true);
        else if (at.operator === "||") note(at.left, false);
        break;
      case "BlockStatement":
      case "Program":
        noteBefore(at.body, inner);
        break;
    }
    inner = at;
  }
  return known;

  function noteBefore(
    statements: readonly TSESTree.Node[],
    end: TSESTree.Node,
  ): void {
    for (const each of statements) {
      if (each === end) return;
      if (each.type === "VariableDeclaration" && each.kind !== "var") {
        each.declarations.forEach(noteFlag);
      }
      if (each.type !== "IfStatement") continue;
      if (leaves(each.consequent)) note(each.test, false);
      else if (each.alternate && leaves(each.alternate)) note(each.test, true);
    }
  }

  function noteFlag({ id, init }: TSESTree.VariableDeclarator): void {
    if (init?.type !== "Literal" || typeof init.value !== "boolean") return;
    note(id, init.value);
  }

  /** Takes apart what a condition says when it came to `truth`. */
  function note(condition: TSESTree.Node, truth: boolean): void {
    const node = unwrap(condition);
    if (node.type === "UnaryExpression" && node.operator === "!") {
      note(node.argument, !truth);
    } else if (node.type === "LogicalExpression") {
      if (node.operator !== (truth ? "&&" : "||")) return;
      note(node.left, truth);
      note(node.right, truth);
    } else if (isSteady(node, variables)) {
      const key = conditionKey(node, variables);
      if (key !== undefined && !known.has(key)) known.set(key, truth);
    }
  }
}

/** Whether a statement never completes, as far as its last word tells. */
function leaves(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case "BreakStatement":
    case "ContinueStatement":
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement": {
      const last = statement.body.at(-1);
      return last !== undefined && leaves(last);
    }
    default:
      return false;
  }
}

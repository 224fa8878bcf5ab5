import type { TSESTree } from "@typescript-eslint/types";
import {
  addAll,
  addJump,
  type Exits,
  jumpTarget,
  takeJumps,
} from "../exits.js";
import { forget, mapStates, noStates, type States, union } from "../state.js";
import type { FunctionNode } from "../tree.js";
import { executeLoop } from "./loops.js";
import { executeTry, evaluateReturned } from "./try-finally.js";
import { evaluate, evaluateChildren } from "./expressions.js";
import { declare } from "./bindings.js";
import { test } from "./conditions.js";
import { step, isTypeOnly } from "./steps.js";
import { acquireResult } from "./knowledge.js";
import { type Run, spend } from "./run.js";

/** Runs a function's parameters and body; a value it gives is returned. */
export function runBody(
  run: Run,
  fn: FunctionNode,
  entry: States,
  exits: Exits,
): States {
  let states = entry;
  for (const param of fn.params) states = evaluate(run, param, states, exits);
  if (fn.body.type === "BlockStatement") {
    return execute(run, fn.body, states, exits);
  }
  const value = evaluate(run, fn.body, states, exits);
  addAll(exits.returns, step(run, value, fn.body, "leaves"));
  return noStates;
}

/** Runs one statement; what comes out are the states in which it completes. */
export function execute(
  run: Run,
  node: TSESTree.Statement | TSESTree.VariableDeclaration,
  states: States,
  exits: Exits,
): States {
  if (states.size === 0) return noStates;
  spend(run, states);
  switch (node.type) {
    case "BlockStatement":
      return executeAll(run, node.body, states, exits);
    case "BreakStatement":
    case "ContinueStatement": {
      const target = jumpTarget(node);
      const jumps =
        node.type === "BreakStatement" ? exits.breaks : exits.continues;
      if (target) addJump(jumps, target, states);
      return noStates;
    }
    case "DoWhileStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "ForStatement":
    case "WhileStatement":
      return executeLoop(run, node, states, exits);
    case "ExpressionStatement":
      return mapStates(evaluate(run, node.expression, states, exits), (state) =>
        forget(state, acquireResult),
      );
    case "FunctionDeclaration":
      return states;
    case "IfStatement": {
      const { whenTrue, whenFalse } = test(run, node.test, states, exits);
      return union(
        execute(run, node.consequent, whenTrue, exits),
        node.alternate
          ? execute(run, node.alternate, whenFalse, exits)
          : whenFalse,
      );
    }
    case "LabeledStatement": {
      const end = execute(run, node.body, states, exits);
      return union(end, takeJumps(exits.breaks, node));
    }
    case "ReturnStatement": {
      const value = node.argument
        ? evaluateReturned(run, node.argument, states, exits)
        : states;
      addAll(exits.returns, step(run, value, node, "leaves"));
      return noStates;
    }
    case "SwitchStatement":
      return executeSwitch(run, node, states, exits);
    case "ThrowStatement": {
      const value = evaluate(run, node.argument, states, exits);
      addAll(exits.throws, step(run, value, node, "throws", "thrown"));
      return noStates;
    }
    case "TryStatement":
      return executeTry(run, node, states, exits);
    case "VariableDeclaration":
      return node.declarations.reduce(
        (reached, each) => declare(run, each, reached, exits),
        states,
      );
    default:
      return isTypeOnly(node)
        ? states
        : evaluateChildren(run, node, states, exits);
  }
}

function executeAll(
  run: Run,
  statements: readonly TSESTree.Statement[],
  states: States,
  exits: Exits,
): States {
  return statements.reduce(
    (reached, statement) => execute(run, statement, reached, exits),
    states,
  );
}

function executeSwitch(
  run: Run,
  node: TSESTree.SwitchStatement,
  states: States,
  exits: Exits,
): States {
  let unmatched = evaluate(run, node.discriminant, states, exits);
  const entries = new Map<TSESTree.SwitchCase, States>();
  for (const each of node.cases) {
    if (!each.test) continue;
    unmatched = evaluate(run, each.test, unmatched, exits);
    entries.set(each, unmatched);
  }
  const fallback = node.cases.find((each) => !each.test);
  if (fallback) entries.set(fallback, unmatched);
  let after = fallback ? noStates : unmatched;
  let through = noStates;
  for (const each of node.cases) {
    const entry = union(through, entries.get(each) ?? noStates);
    through = executeAll(run, each.consequent, entry, exits);
  }
  after = union(after, through);
  return union(after, takeJumps(exits.breaks, node));
}

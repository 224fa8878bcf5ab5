import type { TSESTree } from "@typescript-eslint/types";
import { addAll, type Exits } from "../exits.js";
import { noStates, type States, union } from "../state.js";
import { awaitSeverity } from "../throw-severity.js";
import { childrenOf, isFunction } from "../tree.js";
import { evaluateCall, runCallback, leftBy, runsHere } from "./calls.js";
import { evaluateAssignment } from "./bindings.js";
import { test, evaluateLogical } from "./conditions.js";
import { letChange } from "./knowledge.js";
import { acquire } from "./acquires.js";
import { settle } from "./settling.js";
import { afterAnother, isCalm, waitsForLock } from "./other-permits.js";
import { mayThrow, step, isTypeOnly } from "./steps.js";
import { type Run, spend } from "./run.js";

/** Evaluates an expression; what comes out are the states once it has a value. */
export function evaluate(
  run: Run,
  node: TSESTree.Node,
  states: States,
  exits: Exits,
): States {
  if (states.size === 0) return noStates;
  spend(run, states);
  if (isFunction(node)) {
    if (run.events.callbacks.has(node)) runCallback(run, node, states);
    return settle(run, node, letChange(run, node, states), exits);
  }
  switch (node.type) {
    case "AssignmentExpression":
      return evaluateAssignment(run, node, states, exits);
    case "AwaitExpression": {
      const value = evaluate(run, node.argument, states, exits);
      if (node === run.site.permit) return acquire(run, node, value, exits);
      if (!runsHere(run, node.argument) && !isCalm(run, node)) {
        const severity = waitsForLock(run, node)
          ? "unlikely"
          : awaitSeverity(node.argument, run.visitorKeys, run.variables);
        mayThrow(run, node, leftBy(run, node.argument, value), severity, exits);
      }
      return settle(run, node, afterAnother(run, node, value), exits);
    }
    case "CallExpression":
    case "NewExpression":
      return evaluateCall(run, node, states, exits);
    case "ConditionalExpression": {
      const { whenTrue, whenFalse } = test(run, node.test, states, exits);
      const value = union(
        evaluate(run, node.consequent, whenTrue, exits),
        evaluate(run, node.alternate, whenFalse, exits),
      );
      return settle(run, node, value, exits);
    }
    case "LogicalExpression": {
      const { whenTrue, whenFalse } = evaluateLogical(run, node, states, exits);
      return settle(run, node, union(whenTrue, whenFalse), exits);
    }
    case "TaggedTemplateExpression": {
      const value = evaluateChildren(run, node, states, exits);
      mayThrow(run, node, value, "call", exits);
      return value;
    }
    case "YieldExpression": {
      const value = node.argument
        ? evaluate(run, node.argument, states, exits)
        : states;
      // The consumer may end a generator at its yield, or throw into it.
      addAll(exits.returns, step(run, value, node, "leaves"));
      mayThrow(run, node, value, "call", exits);
      return value;
    }
    default:
      if (isTypeOnly(node)) return states;
      return settle(
        run,
        node,
        evaluateChildren(run, node, states, exits),
        exits,
      );
  }
}

/** Evaluates every child of a node in source order. */
export function evaluateChildren(
  run: Run,
  node: TSESTree.Node,
  states: States,
  exits: Exits,
): States {
  let reached = states;
  for (const child of childrenOf(node, run.visitorKeys)) {
    reached = evaluate(run, child, reached, exits);
  }
  return reached;
}

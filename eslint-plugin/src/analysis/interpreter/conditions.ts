import type { TSESTree } from "@typescript-eslint/types";
import { conditionKey } from "../condition-key.js";
import type { Exits } from "../exits.js";
import { mapStates, noStates, type States, union } from "../state.js";
import { unwrap } from "../tree.js";
import { evaluate } from "./expressions.js";
import { truthOf } from "./bindings.js";
import {
  nullComparison,
  comparesPermit,
  splitByDifference,
} from "./permit-comparisons.js";
import { know, isTracked, isPermit } from "./knowledge.js";
import { become, isOwed } from "./steps.js";
import { acquireResult } from "./knowledge.js";
import type { Run } from "./run.js";

export interface Branches {
  readonly whenTrue: States;
  readonly whenFalse: States;
}

/** Evaluates a condition and splits the states by its outcome. */
export function test(
  run: Run,
  condition: TSESTree.Node,
  states: States,
  exits: Exits,
): Branches {
  const node = unwrap(condition);
  switch (node.type) {
    case "UnaryExpression":
      if (node.operator === "!") {
        const inner = test(run, node.argument, states, exits);
        return { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
      }
      break;
    case "LogicalExpression":
      if (node.operator !== "??")
        return evaluateLogical(run, node, states, exits);
      break;
    case "BinaryExpression": {
      const compared = nullComparison(run, node);
      if (compared) {
        const inner = test(run, compared.operand, states, exits);
        return compared.isEqual
          ? { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue }
          : inner;
      }
      if (comparesPermit(run, node)) {
        return splitByDifference(node, evaluate(run, node, states, exits));
      }
      break;
    }
    case "AssignmentExpression": {
      const value = evaluate(run, node, states, exits);
      return split(run, conditionKey(node.left, run.variables), value);
    }
  }
  const value = evaluate(run, node, states, exits);
  const told = run.guards.get(node);
  if (told !== undefined) return splitByGuard(told, value);
  const truth = isPermit(run, node) ? undefined : truthOf(node);
  if (truth !== undefined) {
    return truth
      ? { whenTrue: value, whenFalse: noStates }
      : { whenTrue: noStates, whenFalse: value };
  }
  if (isPermit(run, node)) {
    const outcomes = split(run, acquireResult, value);
    return run.site.form.mayFail || run.isReceiverShape
      ? outcomes
      : { whenTrue: value, whenFalse: noStates };
  }
  return split(run, conditionKey(node, run.variables), value);
}

/** Evaluates a short circuit and splits the states by its outcome. */
export function evaluateLogical(
  run: Run,
  node: TSESTree.LogicalExpression,
  states: States,
  exits: Exits,
): Branches {
  const left = test(run, node.left, states, exits);
  switch (node.operator) {
    case "&&": {
      const right = test(run, node.right, left.whenTrue, exits);
      return {
        whenTrue: right.whenTrue,
        whenFalse: union(left.whenFalse, right.whenFalse),
      };
    }
    case "||": {
      const right = test(run, node.right, left.whenFalse, exits);
      return {
        whenTrue: union(left.whenTrue, right.whenTrue),
        whenFalse: right.whenFalse,
      };
    }
    case "??": {
      const right = evaluate(run, node.right, left.whenFalse, exits);
      return {
        whenTrue: union(left.whenTrue, right),
        whenFalse: union(left.whenFalse, right),
      };
    }
  }
}

/** Splits states by a condition whose outcome is known in some of them. */
function split(run: Run, key: string | undefined, states: States): Branches {
  const ending = key === undefined ? undefined : outcomeThatEnds(run, key);
  if (key !== undefined && ending !== undefined) {
    const ended = become("none", states, "held");
    const [ifTrue, ifFalse] = ending ? [ended, states] : [states, ended];
    return isTracked(run, key)
      ? {
          whenTrue: splitByKey(run, key, ifTrue).whenTrue,
          whenFalse: splitByKey(run, key, ifFalse).whenFalse,
        }
      : { whenTrue: ifTrue, whenFalse: ifFalse };
  }
  if (key === undefined || (key !== acquireResult && !isTracked(run, key))) {
    return { whenTrue: states, whenFalse: states };
  }
  return splitByKey(run, key, states);
}

/** The outcome of a condition where nothing is owed: who aborts, ends as well. */
function outcomeThatEnds(run: Run, key: string): boolean | undefined {
  const { endFlags } = run.events;
  const isAborted = endFlags.size > 0 && key.endsWith(".aborted");
  return isAborted ? true : endFlags.get(key);
}

function splitByKey(run: Run, key: string, states: States): Branches {
  const branch = (truth: boolean) =>
    mapStates(states, (state) =>
      state.known.get(key) === !truth
        ? undefined
        : know(run, state, key, truth),
    );
  return { whenTrue: branch(true), whenFalse: branch(false) };
}

/** Splits states by what a held permit, asked itself, is known to say. */
function splitByGuard(whenHeld: boolean, states: States): Branches {
  const branch = (truth: boolean) =>
    mapStates(states, (state) => {
      const isFitting = isOwed(state)
        ? truth === whenHeld
        : state.permit !== "released" || truth !== whenHeld;
      return isFitting ? state : undefined;
    });
  return { whenTrue: branch(true), whenFalse: branch(false) };
}

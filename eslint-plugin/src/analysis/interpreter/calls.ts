import type { TSESTree } from "@typescript-eslint/types";
import { isAsync, isUsedAsPromise, returnsPromise } from "../async-calls.js";
import { addAll, type Exits, newExits } from "../exits.js";
import { noStates, type States, union } from "../state.js";
import { chainLinkOf, isReturnedByHandler } from "../then-chain.js";
import { callSeverity } from "../throw-severity.js";
import {
  type FunctionNode,
  isCalledAtOnce,
  isFunction,
  memberName,
  unwrap,
} from "../tree.js";
import { runBody } from "./statements.js";
import { evaluate } from "./expressions.js";
import { acquire } from "./acquires.js";
import { evaluateChain } from "./chains.js";
import { settle } from "./settling.js";
import { eventOfOthers, isOtherTry, afterAnother } from "./other-permits.js";
import { mayThrow, become } from "./steps.js";
import type { Run } from "./run.js";

/** Evaluates a call, which may throw, give the permit back or run a function. */
export function evaluateCall(
  run: Run,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  states: States,
  exits: Exits,
): States {
  if (node.type === "CallExpression" && chainLinkOf(node)) {
    return evaluateChain(run, node, states, exits);
  }
  let reached = evaluate(run, node.callee, states, exits);
  for (const argument of node.arguments) {
    reached = evaluate(run, argument, reached, exits);
  }
  if (node === run.site.call) {
    addAll(run.reached, reached);
    return node === run.site.permit
      ? acquire(run, node, reached, exits)
      : reached;
  }
  for (const { permit, trail } of reached.values()) {
    if (permit === "held" && !run.heldAt.has(node)) run.heldAt.set(node, trail);
  }
  if (endsProcess(node)) return noStates;
  const event = run.events.at.get(node);
  // Giving a permit back is taken not to fail: there is nothing left to do.
  if (event !== undefined) return settle(run, node, reached, exits);
  const other = eventOfOthers(run, node);
  if (other === "release") return reached;
  if (isOtherTry(run, node)) return afterAnother(run, node, reached);
  const called = typeof other === "object" ? other : functionCalled(node);
  if (called) return runHere(run, called, reached, exits);
  const detached = detachedCalled(run, node);
  if (detached) {
    const { fulfilled, rejected } = runApart(run, detached, reached);
    return union(fulfilled, rejected);
  }
  if (node.parent.type !== "AwaitExpression" && !isUsedAsPromise(node)) {
    const isReturned = isReturnedByHandler(node);
    // What an async function throws comes with its promise.
    if (isAsync(unwrap(node.callee)) && !isReturned) return reached;
    const severity = isReturned
      ? "awaited"
      : returnsPromise(node, run.variables)
        ? "unlikely"
        : callSeverity(node, run.visitorKeys);
    mayThrow(run, node, leftBy(run, node, reached), severity, exits);
  }
  return reached;
}

/**
 * Runs the body of a function that is called here and waited for. A promise
 * that it returns is waited for too if the function is async.
 */
export function runHere(
  run: Run,
  fn: FunctionNode,
  states: States,
  exits: Exits,
): States {
  const { end, throws, rejects } = runInside(run, fn, states);
  addAll(exits.throws, throws);
  // Who calls any other is handed the promise, whatever becomes of it.
  if (!fn.async) return union(end, rejects);
  addAll(exits.throws, rejects);
  return end;
}

function runInside(
  run: Run,
  fn: FunctionNode,
  states: States,
): { end: States; throws: States; rejects: States } {
  if (run.running.includes(fn)) {
    return { end: states, throws: noStates, rejects: noStates };
  }
  run.running.push(fn);
  const inner = newExits();
  const { throws, returns, rejects } = inner;
  const end = runBody(run, fn, states, inner);
  run.running.pop();
  return {
    end: union(end, become("escaped", returns, "returning")),
    throws,
    rejects,
  };
}

/** The async function that a call runs and that nobody waits for. */
export function detachedCalled(
  run: Run,
  node: TSESTree.Node,
): FunctionNode | undefined {
  if (!run.events.detached.has(node)) return undefined;
  const { callee } = node as TSESTree.CallExpression;
  return unwrap(callee) as FunctionNode;
}

/** In what states a promise leaves the permit, fulfilled and rejected. */
export interface Settled {
  readonly fulfilled: States;
  readonly rejected: States;
}

/** Runs the body of a function whose promise tells how it ends. */
export function runApart(run: Run, fn: FunctionNode, states: States): Settled {
  const { end, throws, rejects } = runInside(run, fn, states);
  return { fulfilled: end, rejected: union(throws, rejects) };
}

/** Runs a callback that takes over the permit, apart from what called it. */
export function runCallback(run: Run, fn: FunctionNode, states: States): void {
  if (run.running.includes(fn)) return;
  run.running.push(fn);
  const inner = newExits();
  addAll(run.callbackEnds, runBody(run, fn, states, inner));
  addAll(run.callbackEnds, inner.returns);
  addAll(run.callbackEnds, inner.rejects);
  run.running.pop();
}

/** The states that a call leaves behind where it throws or rejects. */
export function leftBy(run: Run, node: TSESTree.Node, states: States): States {
  return run.events.emptyHanded.has(unwrap(node))
    ? become("none", states, "held")
    : states;
}

/** Whether what is awaited is a call whose body is run here. */
export function runsHere(run: Run, argument: TSESTree.Node): boolean {
  const call = unwrap(argument);
  if (call.type !== "CallExpression") return false;
  const event = run.events.at.get(call) ?? eventOfOthers(run, call);
  return (
    typeof event === "object" ||
    functionCalled(call) !== undefined ||
    chainLinkOf(call) !== undefined
  );
}

/** The function that `(() => { … })()` runs to its end before it goes on. */
function functionCalled({
  callee,
}: TSESTree.CallExpression | TSESTree.NewExpression): FunctionNode | undefined {
  const fn = unwrap(callee);
  return isFunction(fn) && isCalledAtOnce(fn) ? fn : undefined;
}

function endsProcess(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): boolean {
  const { callee } = node;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "process" &&
    /^(exit|abort)$/.test(memberName(callee) ?? "")
  );
}

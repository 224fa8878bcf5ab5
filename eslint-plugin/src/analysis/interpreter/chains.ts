import type { TSESTree } from "@typescript-eslint/types";
import { addAll, type Exits, newExits } from "../exits.js";
import { noStates, type States, union } from "../state.js";
import { chainLinkOf, handlersIn, promiseUse } from "../then-chain.js";
import { awaitSeverity, type ThrowSeverity } from "../throw-severity.js";
import { isFunction, unwrap, wrapped } from "../tree.js";
import { isNullish } from "./permit-comparisons.js";
import { detachedCalled, leftBy, runApart, type Settled } from "./calls.js";
import { evaluate } from "./expressions.js";
import { letChange } from "./knowledge.js";
import { eventOfOthers } from "./other-permits.js";
import type { Run } from "./run.js";
import { settle } from "./settling.js";
import { step } from "./steps.js";

/**
 * Runs a chain of `then`, `catch` and `finally` where it is written, each link
 * in the states in which the one before it calls it. A chain that nobody waits
 * for runs later, but nothing else can give up what its functions do.
 */
export function evaluateChain(
  run: Run,
  node: TSESTree.CallExpression,
  states: States,
  exits: Exits,
): States {
  const { fulfilled, rejected } = settleChain(run, node, states, exits);
  switch (promiseUse(node)) {
    case "awaited":
      addAll(exits.throws, rejected);
      return fulfilled;
    case "returned":
      addAll(exits.rejects, step(run, rejected, returnOf(node), "leaves"));
      return fulfilled;
    default:
      return handlersIn(node).reduce(
        (reached, handler) => letChange(run, handler, reached),
        union(fulfilled, rejected),
      );
  }
}

/** The statement that returns a promise, or the promise as an arrow's body. */
function returnOf(promise: TSESTree.Node): TSESTree.Node {
  const { parent } = wrapped(promise);
  return parent?.type === "ReturnStatement" ? parent : promise;
}

function settleChain(
  run: Run,
  node: TSESTree.Expression,
  states: States,
  exits: Exits,
): Settled {
  const link = chainLinkOf(node);
  if (!link) return settleFirst(run, node, states, exits);
  const { kind, before, handlers } = link;
  const { fulfilled, rejected } = settleChain(run, before, states, exits);
  const [first, second] = handlers;
  switch (kind) {
    case "then": {
      const then = react(run, first, fulfilled, "fulfilled");
      const failed = react(run, second, rejected, "rejected");
      return join(then, failed);
    }
    case "catch":
      return join(
        { fulfilled, rejected: noStates },
        react(
          run,
          first,
          rejected,
          "rejected",
          awaitSeverity(node, run.visitorKeys, run.variables),
        ),
      );
    case "finally": {
      const then = react(run, first, fulfilled, "fulfilled");
      const failed = react(run, first, rejected, "fulfilled");
      return {
        fulfilled: then.fulfilled,
        rejected: union(then.rejected, failed.fulfilled, failed.rejected),
      };
    }
  }
}

function join(a: Settled, b: Settled): Settled {
  return {
    fulfilled: union(a.fulfilled, b.fulfilled),
    rejected: union(a.rejected, b.rejected),
  };
}

/** Evaluates the promise that a chain begins with. */
function settleFirst(
  run: Run,
  node: TSESTree.Expression,
  states: States,
  exits: Exits,
): Settled {
  const call = unwrap(node);
  const detached = detachedCalled(run, call);
  if (detached) return runApart(run, detached, states);
  const fulfilled = evaluate(run, node, states, exits);
  if (run.sureAcquires.has(call)) return { fulfilled, rejected: noStates };
  const severity = awaitSeverity(node, run.visitorKeys, run.variables);
  const left = leftBy(run, node, fulfilled);
  return { fulfilled, rejected: step(run, left, node, "throws", severity) };
}

/**
 * Lets a handler react. Without one, a promise stays what it has become; of one
 * that is not written here nothing is known.
 */
function react(
  run: Run,
  handler: TSESTree.CallExpressionArgument | undefined,
  states: States,
  outcome: keyof Settled,
  severity: ThrowSeverity = "call",
): Settled {
  const none = { fulfilled: noStates, rejected: noStates };
  if (!handler || isNullish(handler)) return { ...none, [outcome]: states };
  const value = unwrap(handler);
  const caught =
    outcome === "rejected" ? step(run, states, value, "caught") : states;
  if (isFunction(value)) return runApart(run, value, caught);
  const event = run.events.at.get(value) ?? eventOfOthers(run, value);
  if (typeof event === "object") return runApart(run, event, caught);
  const fulfilled = settle(run, value, caught, newExits());
  return event === undefined
    ? { fulfilled, rejected: step(run, caught, value, "throws", severity) }
    : { fulfilled, rejected: noStates };
}

import type { TSESTree } from "@typescript-eslint/types";
import { type Exits, newExits, reroute } from "../exits.js";
import { partition, type States, statesOf, union } from "../state.js";
import { execute } from "./statements.js";
import { evaluate } from "./expressions.js";
import { assignPattern } from "./bindings.js";
import { step, become, isOwed } from "./steps.js";
import type { Run } from "./run.js";

/** Runs a `try`, its handler in what it throws and its `finally` in whatever leaves. */
export function executeTry(
  run: Run,
  node: TSESTree.TryStatement,
  states: States,
  exits: Exits,
): States {
  const { handler, finalizer } = node;
  const inner = newExits();
  let end = execute(run, node.block, states, inner);
  if (handler) {
    const thrown = statesOf(inner.throws.values());
    inner.throws.clear();
    let caught = step(run, thrown, handler, "caught");
    if (handler.param)
      caught = assignPattern(run, handler.param, caught, inner);
    end = union(end, execute(run, handler.body, caught, inner));
  }
  if (!finalizer) {
    reroute(inner, exits, (each) => each);
    return end;
  }
  reroute(inner, exits, (each) => {
    const [returning, others] = partition(each, "returning");
    const own = newExits();
    const suspended = become("suspended", returning, "returning");
    const completed = cleanUp(run, finalizer, suspended, own);
    // What cuts a return short takes back what it was to hand over.
    reroute(own, exits, (cut) => become("held", cut, "suspended"));
    return union(
      cleanUp(run, finalizer, others, exits),
      become("returning", completed, "suspended"),
    );
  });
  return cleanUp(run, finalizer, end, exits);
}

function cleanUp(
  run: Run,
  finalizer: TSESTree.BlockStatement,
  states: States,
  exits: Exits,
): States {
  run.cleaningUp++;
  const completed = execute(run, finalizer, states, exits);
  run.cleaningUp--;
  return completed;
}

/** Evaluates a returned value: what it hands over goes when it arrives. */
export function evaluateReturned(
  run: Run,
  argument: TSESTree.Expression,
  states: States,
  exits: Exits,
): States {
  return union(
    ...[...states.values()].map((state) => {
      const value = evaluate(run, argument, statesOf([state]), exits);
      return isOwed(state) ? become("returning", value, "escaped") : value;
    }),
  );
}

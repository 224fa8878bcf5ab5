import { addAll, type Exits, type Loop, takeJumps } from "../exits.js";
import { noStates, type State, type States, union } from "../state.js";
import { execute } from "./statements.js";
import { evaluate } from "./expressions.js";
import { assignPattern } from "./bindings.js";
import { test } from "./conditions.js";
import { mayThrow } from "./steps.js";
import type { Branches } from "./conditions.js";
import type { Run } from "./run.js";

/** Runs a loop round by round until no round comes in a new state. */
export function executeLoop(
  run: Run,
  node: Loop,
  states: States,
  exits: Exits,
): States {
  const seen = new Set<string>();
  const after = new Map<string, State>();
  let round = enterLoop(run, node, states, exits);
  if (node.type === "DoWhileStatement")
    round = runRound(run, node, round, exits);
  while (round.size > 0) {
    const fresh = new Map([...round].filter(([key]) => !seen.has(key)));
    for (const key of fresh.keys()) seen.add(key);
    const { whenTrue, whenFalse } = testLoop(run, node, fresh, exits);
    addAll(after, whenFalse);
    round = runRound(run, node, whenTrue, exits);
  }
  addAll(after, takeJumps(exits.breaks, node));
  return after;
}

/** Runs a loop's body once, up to where the loop tests again. */
function runRound(run: Run, node: Loop, states: States, exits: Exits): States {
  const end = execute(run, node.body, states, exits);
  const next = union(end, takeJumps(exits.continues, node));
  return node.type === "ForStatement" && node.update
    ? evaluate(run, node.update, next, exits)
    : next;
}

function enterLoop(run: Run, node: Loop, states: States, exits: Exits): States {
  switch (node.type) {
    case "ForInStatement":
    case "ForOfStatement":
      return evaluate(run, node.right, states, exits);
    case "ForStatement":
      if (!node.init) return states;
      return node.init.type === "VariableDeclaration"
        ? execute(run, node.init, states, exits)
        : evaluate(run, node.init, states, exits);
    default:
      return states;
  }
}

function testLoop(
  run: Run,
  node: Loop,
  states: States,
  exits: Exits,
): Branches {
  switch (node.type) {
    case "ForInStatement":
      return {
        whenTrue: assignPattern(run, node.left, states, exits),
        whenFalse: states,
      };
    case "ForOfStatement":
      if (node.await) mayThrow(run, node, states, "awaited", exits);
      return {
        whenTrue: assignPattern(run, node.left, states, exits),
        whenFalse: states,
      };
    default:
      return node.test
        ? test(run, node.test, states, exits)
        : { whenTrue: states, whenFalse: noStates };
  }
}

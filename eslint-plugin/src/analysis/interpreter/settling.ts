import type { TSESTree } from "@typescript-eslint/types";
import type { Exits } from "../exits.js";
import {
  forget,
  mapStates,
  type State,
  type States,
  stepOn,
} from "../state.js";
import { runHere } from "./calls.js";
import { untaken } from "./knowledge.js";
import { isHandler } from "../then-chain.js";
import type { Run } from "./run.js";

/** Applies what happens to the permit at this node, if anything does. */
export function settle(
  run: Run,
  node: TSESTree.Node,
  before: States,
  exits: Exits,
): States {
  const states =
    run.isTakenByUse && run.events.uses.has(node)
      ? mapStates(before, takeUntaken)
      : before;
  const event = run.events.at.get(node);
  switch (event) {
    case undefined:
      return states;
    case "release":
      return mapStates(states, (state) => release(run, node, state));
    case "dispose":
    case "escape":
      return mapStates(states, (state) => ({ ...state, permit: "escaped" }));
    default:
      return runHere(run, event, states, exits);
  }
}

function takeUntaken(state: State): State {
  return state.permit === "none" && state.known.get(untaken) === true
    ? { ...forget(state, untaken), permit: "held" }
    : state;
}

function release(run: Run, node: TSESTree.Node, state: State): State {
  const isAbsent =
    run.permitKey !== undefined && state.known.get(run.permitKey) === false;
  // `release?.()` and `finally(release)` do nothing where there is nothing to release.
  if (isAbsent && (isOptional(node) || isHandler(node))) return state;
  if (state.permit !== "released") run.neededReleases.add(node);
  switch (state.permit) {
    case "held":
    case "returning":
    case "suspended":
      run.isReleased = true;
      return {
        ...state,
        permit: "released",
        trail: stepOn(state.trail, { node, step: "released" }),
      };
    case "released":
      if (!run.secondReleases.has(node))
        run.secondReleases.set(node, state.trail);
      return state;
    case "failed":
      run.vainReleases.add(node);
      return state;
    default:
      return state;
  }
}

/** `release?.()`, `permit?.release()`. */
function isOptional(node: TSESTree.Node): boolean {
  return (
    node.type === "CallExpression" &&
    (node.optional ||
      (node.callee.type === "MemberExpression" && node.callee.optional))
  );
}

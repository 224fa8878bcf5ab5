import type { TSESTree } from "@typescript-eslint/types";
import { addAll, type Exits } from "../exits.js";
import {
  mapStates,
  type State,
  type States,
  stepOn,
  type Trail,
} from "../state.js";
import type { ThrowSeverity } from "../throw-severity.js";
import { isWrapper } from "../tree.js";
import type { Run } from "./run.js";

/** Lets a node throw, in every state in which it is reached. */
export function mayThrow(
  run: Run,
  node: TSESTree.Node,
  states: States,
  severity: ThrowSeverity,
  exits: Exits,
): void {
  addAll(exits.throws, step(run, states, node, "throws", severity));
}

/** Notes a step in the trail of every state in which the permit is owed. */
export function step(
  run: Run,
  states: States,
  node: TSESTree.Node,
  kind: Trail["step"],
  severity?: ThrowSeverity,
): States {
  const made = {
    node,
    step: kind,
    ...(severity && { severity }),
    isCleanUp: run.cleaningUp > 0,
  };
  return mapStates(states, (state) =>
    isOwed(state) ? { ...state, trail: stepOn(state.trail, made) } : state,
  );
}

/** Changes the permit's condition in those states in which it is as named. */
export function become(
  permit: State["permit"],
  states: States,
  from: State["permit"],
): States {
  return mapStates(states, (state) =>
    state.permit === from ? { ...state, permit } : state,
  );
}

/** Whether the function has the permit, whatever it is about to do with it. */
export function isOwed({ permit }: State): boolean {
  return permit === "held" || permit === "returning" || permit === "suspended";
}

/** Whether a node says something to the type checker alone. */
export function isTypeOnly(node: TSESTree.Node): boolean {
  return node.type.startsWith("TS") && !isWrapper(node);
}

import type { TSESTree } from "@typescript-eslint/types";
import { addState, type State, type States } from "./state.js";

/**
 * The states in which a piece of code is left other than by running to its
 * end, by kind of completion. A jump is kept under the statement it leaves
 * (`break`) or repeats (`continue`).
 */
export interface Exits {
  readonly throws: Map<string, State>;
  readonly returns: Map<string, State>;
  /** A promise was returned that rejects: of that no `catch` around hears. */
  readonly rejects: Map<string, State>;
  readonly breaks: Map<TSESTree.Node, Map<string, State>>;
  readonly continues: Map<TSESTree.Node, Map<string, State>>;
}

export function newExits(): Exits {
  return {
    throws: new Map(),
    returns: new Map(),
    rejects: new Map(),
    breaks: new Map(),
    continues: new Map(),
  };
}

export function addAll(target: Map<string, State>, states: States): void {
  for (const state of states.values()) addState(target, state);
}

export function addJump(
  jumps: Map<TSESTree.Node, Map<string, State>>,
  target: TSESTree.Node,
  states: States,
): void {
  let set = jumps.get(target);
  if (!set) jumps.set(target, (set = new Map<string, State>()));
  addAll(set, states);
}

/** Takes the jumps to `target` out of the exits: they end here. */
export function takeJumps(
  jumps: Map<TSESTree.Node, Map<string, State>>,
  target: TSESTree.Node,
): States {
  const states = jumps.get(target) ?? new Map<string, State>();
  jumps.delete(target);
  return states;
}

/** Passes every exit on to `outer`, each set of states changed by `through`. */
export function reroute(
  inner: Exits,
  outer: Exits,
  through: (states: States) => States,
): void {
  addAll(outer.throws, through(inner.throws));
  addAll(outer.returns, through(inner.returns));
  addAll(outer.rejects, through(inner.rejects));
  for (const kind of ["breaks", "continues"] as const) {
    for (const [target, states] of inner[kind]) {
      addJump(outer[kind], target, through(states));
    }
  }
}

type Jump = TSESTree.BreakStatement | TSESTree.ContinueStatement;

/** The statement that a `break` leaves or a `continue` repeats. */
export function jumpTarget(jump: Jump): TSESTree.Node | undefined {
  const label = jump.label?.name;
  for (let at: TSESTree.Node | undefined = jump.parent; at; at = at.parent) {
    if (label === undefined) {
      if (isLoop(at)) return at;
      if (jump.type === "BreakStatement" && at.type === "SwitchStatement") {
        return at;
      }
    } else if (at.type === "LabeledStatement" && at.label.name === label) {
      return jump.type === "BreakStatement" ? at : labelledBody(at);
    }
  }
  return undefined;
}

function labelledBody(statement: TSESTree.LabeledStatement): TSESTree.Node {
  const { body } = statement;
  return body.type === "LabeledStatement" ? labelledBody(body) : body;
}

export type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export function isLoop(node: TSESTree.Node): node is Loop {
  switch (node.type) {
    case "DoWhileStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "ForStatement":
    case "WhileStatement":
      return true;
    default:
      return false;
  }
}

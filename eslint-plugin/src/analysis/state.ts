import type { TSESTree } from "@typescript-eslint/types";
import { compareSeverity, type ThrowSeverity } from "./throw-severity.js";

/** One step on the way of a permit through the code, newest first. */
export interface Trail {
  readonly node: TSESTree.Node;
  readonly step:
    "acquired" | "caught" | "leaves" | "released" | "repeats" | "throws";
  readonly severity?: ThrowSeverity;
  /** The least severity of the throws so far; undefined where none threw. */
  readonly least?: ThrowSeverity;
  /** How many throws it took so far; one in a `finally` counts twice. */
  readonly throws: number;
  readonly before: Trail | undefined;
}

/** What is known at a point of the code on one kind of path to it. */
export interface State {
  /**
   * `failed`: the acquire threw or had none to give; `escaped`: somebody else
   * owns the permit; `returning`: the caller will, once the return arrives;
   * `suspended`: a `finally` runs first, and may cut that return short.
   */
  readonly permit:
    | "escaped"
    | "failed"
    | "held"
    | "none"
    | "released"
    | "returning"
    | "suspended";
  /** Conditions known to be truthy or falsy on this path, by condition key. */
  readonly known: ReadonlyMap<string, boolean>;
  readonly trail: Trail | undefined;
}

/** A set of states: paths that are alike in all but their trail are one. */
export type States = ReadonlyMap<string, State>;

export const noStates: States = new Map();

export function statesOf(states: Iterable<State>): States {
  const set = new Map<string, State>();
  for (const state of states) addState(set, state);
  return set;
}

/** Adds a state; of two alike the likelier one keeps its trail. */
export function addState(set: Map<string, State>, state: State): void {
  const key = keyOf(state);
  const present = set.get(key);
  if (!present || isLikelier(state.trail, present.trail)) set.set(key, state);
}

export function union(...sets: readonly States[]): States {
  const filled = sets.filter((set) => set.size > 0);
  if (filled.length <= 1) return filled[0] ?? noStates;
  return statesOf(filled.flatMap((set) => [...set.values()]));
}

export function mapStates(
  states: States,
  change: (state: State) => State | readonly State[] | undefined,
): States {
  return statesOf([...states.values()].flatMap((state) => change(state) ?? []));
}

/** The states in which the permit is as named, and all others. */
export function partition(
  states: States,
  permit: State["permit"],
): [States, States] {
  const all = [...states];
  return [
    new Map(all.filter(([, state]) => state.permit === permit)),
    new Map(all.filter(([, state]) => state.permit !== permit)),
  ];
}

export function withKnown(state: State, key: string, truth: boolean): State {
  return state.known.get(key) === truth
    ? state
    : { ...state, known: new Map(state.known).set(key, truth) };
}

/** Forgets every condition in whose key `part` occurs. */
export function forget(state: State, part: string): State {
  const kept = [...state.known].filter(([key]) => !key.includes(part));
  return kept.length === state.known.size
    ? state
    : { ...state, known: new Map(kept) };
}

function keyOf({ permit, known }: State): string {
  if (known.size === 0) return permit;
  const conditions = [...known].map(([key, truth]) => `${truth}:${key}`).sort();
  return `${permit}|${conditions.join("|")}`;
}

/**
 * Whether a path is to be expected more than another that ends up alike: by its
 * least likely throw, then by needing fewer of them.
 */
export function isLikelier(
  a: Trail | undefined,
  b: Trail | undefined,
): boolean {
  if (!b?.least) return false;
  if (!a?.least) return true;
  const difference = compareSeverity(a.least, b.least);
  return difference > 0 || (difference === 0 && a.throws < b.throws);
}

/** A trail that goes on by one step. */
export function stepOn(
  before: Trail | undefined,
  {
    node,
    step,
    severity,
    isCleanUp = false,
  }: Pick<Trail, "node" | "severity" | "step"> & {
    readonly isCleanUp?: boolean;
  },
): Trail {
  const least =
    severity && before?.least && compareSeverity(severity, before.least) > 0
      ? before.least
      : (severity ?? before?.least);
  return {
    node,
    step,
    ...(severity && { severity }),
    ...(least && { least }),
    throws: (before?.throws ?? 0) + throwsIn(step, isCleanUp),
    before,
  };
}

function throwsIn(step: Trail["step"], isCleanUp: boolean): number {
  if (step !== "throws") return 0;
  return isCleanUp ? 2 : 1;
}

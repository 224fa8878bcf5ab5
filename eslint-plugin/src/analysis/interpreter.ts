import type { TSESTree } from "@typescript-eslint/types";
import { variableKey } from "./access-path.js";
import { type Exits, newExits } from "./exits.js";
import type { File } from "./file.js";
import { sureAcquiresIn } from "./interpreter/acquires.js";
import { OverBudget, type Run } from "./interpreter/run.js";
import { runBody } from "./interpreter/statements.js";
import { permitGuardsOf } from "./permit-guards.js";
import {
  type State,
  type States,
  statesOf,
  stepOn,
  type Trail,
  union,
} from "./state.js";
import type { KnownPermit, Surroundings } from "./surroundings.js";
import { enclosingFunction, type FunctionNode } from "./tree.js";

/** How a function can be left, and in what states of the permit. */
export interface Outcome {
  /** The last statement ran to its end. */
  readonly end: States;
  readonly returns: States;
  readonly throws: States;
  /** The permit was still held when the same acquire came round again. */
  readonly repeats: States;
  /** The ends of a callback that took over the permit and was to release it. */
  readonly callbackEnds: States;
  /** Whether some path gives the permit back. */
  readonly isReleased: boolean;
  /** The calls made while the permit was held, with how it came to be. */
  readonly heldAt: ReadonlyMap<TSESTree.Node, Trail | undefined>;
  /** The releases that came after a release. */
  readonly secondReleases: ReadonlyMap<TSESTree.Node, Trail | undefined>;
  /** The releases that came, on some path, before any other. */
  readonly neededReleases: ReadonlySet<TSESTree.Node>;
  /** The releases that came after an acquire that failed. */
  readonly vainReleases: ReadonlySet<TSESTree.Node>;
}

/** What is known of conditions where a function begins, by condition key. */
export type Way = ReadonlyMap<string, boolean>;

/** What to run: a function, for one of the permits that it acquires. */
interface Subject extends KnownPermit {
  readonly owner: FunctionNode;
  readonly surroundings: Surroundings;
  /** What is known of conditions on each of the ways that lead to the function. */
  readonly ways: readonly Way[];
  /** Node visits after which the function counts as too tangled. */
  readonly budget: number;
}

/** What came of running a function, and what that cost. */
export interface Interpretation {
  /** Undefined where the work would have exceeded the budget. */
  readonly outcome: Outcome | undefined;
  /** Node visits: for each node that is run, the states it is run in. */
  readonly visits: number;
}

/**
 * Runs the function that holds an acquire site over sets of states, following
 * that one site's permit along every path, those included on which a call
 * throws. Exceptions, `finally` and jumps are taken from the structure of the
 * code: ESLint's own code paths have no throw edges outside `try`.
 *
 * Cost: the size of the function times the number of different states at a
 * point, which only conditions that are tested more than once can raise.
 */
export function interpret(subject: Subject, file: File): Interpretation {
  const run = newRun(subject, file);
  const exits = newExits();
  const end = runFrom(run, subject.ways, exits);
  const outcome = end && outcomeOf(run, end, exits);
  return { outcome, visits: run.visits };
}

/**
 * Runs a function for what is known where it comes to an acquire. Nothing, if
 * it never does, or is too tangled.
 */
export function waysToAcquire(
  subject: Subject,
  file: File,
): { ways: readonly Way[]; visits: number } {
  const run = newRun(subject, file);
  const end = runFrom(run, subject.ways, newExits());
  const reached = end ? [...run.reached.values()] : [];
  return { ways: reached.map(({ known }) => known), visits: run.visits };
}

/** Undefined if the function is too tangled. */
function runFrom(
  run: Run,
  ways: readonly Way[],
  exits: Exits,
): States | undefined {
  const { site, owner } = run;
  const isHandedIn = site.use === "then" && owner === site.owner;
  const permit = isHandedIn ? "held" : "none";
  const trail = stepOn(undefined, { node: site.call, step: "acquired" });
  const starts = ways.map((known): State => ({ permit, known, trail }));
  try {
    return runBody(run, owner, statesOf(starts), exits);
  } catch (error) {
    if (error instanceof OverBudget) return undefined;
    throw error;
  }
}

function newRun(
  { site, owner, events, surroundings, ways, budget }: Subject,
  file: File,
): Run {
  const { permit } = site.form;
  return {
    site,
    owner,
    events,
    surroundings,
    guards: permitGuardsOf(site, owner, events, file),
    correlations: surroundings.correlations,
    enclosing: new Set(ways.flatMap((known) => [...known.keys()])),
    permitKey: events.holder && variableKey(events.holder.variable),
    endings: [...events.at.keys(), ...events.chains, ...events.detached].filter(
      (node) => enclosingFunction(node) === owner,
    ),
    isReceiverShape: permit.kind === "receiver",
    isTakenByUse: permit.kind === "object" && permit.takenByUse !== undefined,
    sureAcquires: sureAcquiresIn(file),
    variables: file.variables,
    visitorKeys: file.sourceCode.visitorKeys,
    budget,
    reached: new Map(),
    repeats: new Map(),
    callbackEnds: new Map(),
    heldAt: new Map(),
    secondReleases: new Map(),
    neededReleases: new Set(),
    vainReleases: new Set(),
    isReleased: false,
    running: [owner],
    cleaningUp: 0,
    visits: 0,
  };
}

function outcomeOf(run: Run, end: States, exits: Exits): Outcome {
  const { throws } = exits;
  const returns = union(exits.returns, exits.rejects);
  const { repeats, callbackEnds, isReleased, heldAt } = run;
  const { secondReleases, neededReleases, vainReleases } = run;
  return {
    end,
    returns,
    throws,
    repeats,
    callbackEnds,
    isReleased,
    heldAt,
    secondReleases,
    neededReleases,
    vainReleases,
  };
}

import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "./access-path.js";
import { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
import { isAnsweredInWords } from "./answer-in-words.js";
import { type File, perFile } from "./file.js";
import {
  diesWithFunction,
  diesWithReceiver,
  isReceiverConfined,
} from "./confined-receiver.js";
import { interpret, type Outcome } from "./interpreter.js";
import { type PathStep, pathOf, stepsOf } from "./leaking-path.js";
import { type PermitEvents, permitEventsOf } from "./permit-events.js";
import {
  functionBudget,
  type PermitFacts,
  permitFactsOf,
} from "./permit-facts.js";
import { receiverReleasesOf } from "./receiver-release.js";
import { isLikelier, type States, type Trail } from "./state.js";
import { eventsOf, surroundingsOf } from "./surroundings.js";
import type { ThrowSeverity } from "./throw-severity.js";
import type { FunctionNode } from "./tree.js";
import { mayReleaseDownstream } from "./then-chain.js";
import { isUsedLater } from "./used-later.js";

/** A permit that some path through its function leaves without releasing. */
export interface Leak {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  /** The acquiring call, where the leak is reported. */
  readonly acquire: TSESTree.CallExpression;
  /**
   * How the path leaves the function: something throws, a `return`, the end of
   * the function, or (`"repeat"`) it comes round to the same acquire again.
   */
  readonly exit: "end" | "repeat" | "return" | "throw";
  /** The call or await whose throw sets the path off, else its `throw`. */
  readonly thrower: TSESTree.Node | undefined;
  /** The node at which the path leaves, where it is a statement or a value. */
  readonly leaves: TSESTree.Node | undefined;
  /**
   * How much the path is to be expected, by the least likely of the throws on
   * it; undefined where none is needed.
   */
  readonly severity: ThrowSeverity | undefined;
  /** The leaking path, from the acquire to the exit. */
  readonly path: readonly PathStep[];
}

/**
 * The leaks in a file, in source order, at most one for each acquire: the one
 * on the likeliest path. Cached. A file that names no acquiring method is not
 * walked.
 */
export const leaksOf = perFile((file): readonly Leak[] =>
  permitFactsOf(file).flatMap((facts) => leakOf(facts, file) ?? []),
);

/**
 * The leak that would show at an acquire whose promise nobody waits for yet, as
 * soon as somebody did.
 */
export function leakOnceAwaited(
  site: AcquireSite,
  promise: TSESTree.Node,
  file: File,
): Leak | undefined {
  const { owner } = site;
  if (!owner) return undefined;
  const awaited: AcquireSite = { ...site, use: "awaited", permit: promise };
  const events = permitEventsOf(awaited, owner, file);
  const known = { site: awaited, owner, events };
  const surroundings = surroundingsOf(owner, [known], eventsOf([known]), file);
  const ways = [surroundings.enclosing];
  const interpretation = interpret(
    { ...known, surroundings, ways, budget: functionBudget },
    file,
  );
  return leakOf({ ...known, ...interpretation }, file);
}

function leakOf(
  { site, owner, events, outcome }: PermitFacts,
  file: File,
): Leak | undefined {
  if (!outcome || mayBeReleasedElsewhere(site, events, owner, file)) {
    return undefined;
  }
  if (
    diesWithFunction(site, owner, file) ||
    diesWithReceiver(site, owner, file)
  ) {
    return undefined;
  }
  const found = likeliest(outcome);
  if (!found) return undefined;
  const { exit, trail } = found;
  const steps = stepsOf(trail);
  const runsToItsEnd = exit === "end" || exit === "throw";
  return {
    site,
    owner,
    events,
    acquire: site.call,
    exit,
    thrower: throwerOf(steps),
    leaves: exit === "end" ? undefined : steps.at(-1)?.node,
    severity: trail?.least,
    path: pathOf(steps, runsToItsEnd ? owner : undefined, file.sourceCode),
  };
}

/**
 * Whether this function is one half of a lock that is split over two, one link
 * of a chain of which another releases, or sets up what uses the permit later,
 * or whether it isn't known when it got a permit at all.
 */
function mayBeReleasedElsewhere(
  site: AcquireSite,
  events: PermitEvents,
  owner: FunctionNode,
  file: File,
): boolean {
  if (mayReleaseDownstream(site, file)) return true;
  if (isRetaken(site, events, file)) return true;
  if (isAnsweredInWords(site, file.variables)) return true;
  if (!events.neverReleased) return false;
  if (site.form.permit.optional) return true;
  if (events.holder && isUsedLater(events.holder, owner, file.variables)) {
    return true;
  }
  return (
    isReleasableByReceiver(site, events) && !isReceiverConfined(site, file)
  );
}

/**
 * Whether the function lets go of a lock of its caller and takes it back: what
 * it does first with the receiver is to release.
 */
function isRetaken(
  { form: { permit }, owner, receiver }: AcquireSite,
  { releases: [first] }: PermitEvents,
  file: File,
): boolean {
  if (permit.kind !== "receiver" || !first || !receiver) return false;
  const place = accessPath(receiver, file.variables);
  return acquireSitesIn(file).every(
    (other) =>
      !other.receiver ||
      accessPath(other.receiver, file.variables) !== place ||
      other.owner !== owner ||
      other.call.range[0] > first.range[0],
  );
}

/** Whether somebody without the permit in hand could release it. */
function isReleasableByReceiver(
  { form: { permit } }: AcquireSite,
  { holder }: PermitEvents,
): boolean {
  return (
    permit.kind === "receiver" ||
    (holder === undefined && receiverReleasesOf(permit).length > 0)
  );
}

interface Found {
  readonly exit: Leak["exit"];
  readonly trail: Trail | undefined;
}

/** Whether some path leaves the function with the permit, likely or not. */
export function isHeldAtSomeExit(outcome: Outcome): boolean {
  return likeliest(outcome) !== undefined;
}

function likeliest(outcome: Outcome): Found | undefined {
  const found = [
    ...heldIn(outcome.repeats, "repeat"),
    ...heldIn(outcome.end, "end"),
    ...heldIn(outcome.returns, "return"),
    ...heldIn(outcome.callbackEnds, "return"),
    ...heldIn(outcome.throws, "throw"),
  ];
  return found.reduce<Found | undefined>(
    (best, each) => (best && !isLikelier(each.trail, best.trail) ? best : each),
    undefined,
  );
}

function heldIn(states: States, exit: Leak["exit"]): Found[] {
  return [...states.values()]
    .filter(({ permit }) => permit === "held")
    .map(({ trail }) => ({ exit, trail }));
}

/** Of several throws it is the last: those before it were caught. */
function throwerOf(steps: readonly Trail[]): TSESTree.Node | undefined {
  const throws = steps.filter(({ step }) => step === "throws");
  const cause = throws.findLast(({ severity }) => severity !== "thrown");
  return (cause ?? throws.at(-1))?.node;
}

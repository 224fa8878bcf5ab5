import { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
import { perFile } from "./file.js";
import {
  interpret,
  type Outcome,
  type Way,
  waysToAcquire,
} from "./interpreter.js";
import { memoize } from "./memoize.js";
import { type PermitEvents, permitEventsOf } from "./permit-events.js";
import { eventsOf, type KnownPermit, surroundingsOf } from "./surroundings.js";
import { enclosingFunction, type FunctionNode } from "./tree.js";

/** All that is known of the permit that one call acquires. */
export interface PermitFacts {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  /** Undefined where the function is too tangled to be judged. */
  readonly outcome: Outcome | undefined;
  /** The node visits that it took to know. */
  readonly visits: number;
}

/** Node visits after which a function counts as too tangled to be judged. */
export const functionBudget = 60_000;

/** Node visits after which no more of a file is judged. */
export const fileBudget = 1_500_000;

/** Acquires in one function beyond which it isn't judged. */
const maxTogether = 200;

/**
 * The facts on every acquire call in a file whose permit is followed, in source
 * order; cached. What becomes of a promise that is passed on is not followed,
 * and what the top of a file holds, it holds for the life of the program.
 */
export const permitFactsOf = perFile((file): readonly PermitFacts[] => {
  const followed = acquireSitesIn(file).flatMap((site) => {
    const { owner, use } = site;
    return owner && use !== "promise"
      ? [{ site, owner, events: permitEventsOf(site, owner, file) }]
      : [];
  });
  const permits = followed.filter(
    (permit, index) =>
      isAcquire(permit) &&
      // Of the forms that a call may have by its use, the first that fits.
      followed.findIndex(
        (other) => other.site.call === permit.site.call && isAcquire(other),
      ) === index,
  );
  const byOwner = new Map<FunctionNode, KnownPermit[]>();
  for (const permit of permits) {
    const together = byOwner.get(permit.owner);
    if (together) together.push(permit);
    else byOwner.set(permit.owner, [permit]);
  }
  const events = eventsOf(permits);
  let left = fileBudget;
  const surroundingsAt = memoize((owner: FunctionNode) =>
    surroundingsOf(owner, byOwner.get(owner) ?? [], events, file),
  );
  const waysTo = memoize((owner: FunctionNode): readonly Way[] => {
    const { enclosing, correlations } = surroundingsAt(owner);
    const handed = byOwner.get(owner)?.find(({ site }) => site.use === "then");
    const outer = handed && enclosingFunction(handed.site.call);
    if (!outer || correlations.steady.size === 0) return [enclosing];
    const { ways, visits } = waysToAcquire(
      {
        ...handed,
        owner: outer,
        surroundings: surroundingsAt(outer),
        ways: waysTo(outer),
        budget: Math.min(left, functionBudget),
      },
      file,
    );
    left -= visits;
    const steady = ways.map((way) =>
      [...way].filter(([key]) => correlations.steady.has(key)),
    );
    return steady.length > 0
      ? steady.map((way) => new Map([...enclosing, ...way]))
      : [enclosing];
  });
  return permits.flatMap(({ site, owner, events }) => {
    const together = byOwner.get(owner)!;
    if (together.length > maxTogether || left <= 0) return [];
    const surroundings = surroundingsAt(owner);
    const ways = waysTo(owner);
    const budget = Math.min(left, functionBudget);
    const { outcome, visits } = interpret(
      { site, owner, events, surroundings, ways, budget },
      file,
    );
    left -= visits;
    const facts = { site, owner, events, outcome, visits };
    return isUsedAsPermit(facts) ? [facts] : [];
  });
});

function isAcquire({ site, events }: Pick<PermitFacts, "events" | "site">) {
  return (
    site.evidence !== "use" ||
    events.releases.length > 0 ||
    events.releasesInHelper ||
    events.endFlags.size > 0
  );
}

/** Whether a release is evidence: only one that comes after the call is. */
function isUsedAsPermit({ site, events, outcome }: PermitFacts) {
  return (
    site.evidence !== "use" ||
    events.endFlags.size > 0 ||
    outcome?.isReleased === true
  );
}

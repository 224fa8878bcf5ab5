import { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
import { perFile } from "./file.js";
import { interpret, type Outcome } from "./interpreter.js";
import { type PermitEvents, permitEventsOf } from "./permit-events.js";
import type { FunctionNode } from "./tree.js";

/** All that is known of the permit that one call acquires. */
export interface PermitFacts {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  /** Undefined where the function is too tangled to be judged. */
  readonly outcome: Outcome | undefined;
}

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
  return permits.flatMap(({ site, owner, events }) => {
    const others = permits.filter(
      (other) => other.owner === owner && other.site !== site,
    );
    const outcome = interpret({ site, owner, events, others }, file);
    const facts = { site, owner, events, outcome };
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

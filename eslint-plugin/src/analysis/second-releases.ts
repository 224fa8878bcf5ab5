import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { stepsOf } from "./leaking-path.js";
import type { PermitEvents } from "./permit-events.js";
import { type PermitFacts, permitFactsOf } from "./permit-facts.js";
import { isReceiverRelease } from "./receiver-release.js";
import { isSoleSite } from "./shared-receiver.js";

/** A release that some path comes to with the permit released already. */
export interface SecondRelease {
  readonly site: AcquireSite;
  readonly release: TSESTree.Node;
  /** The release that came before it on that path. */
  readonly first: TSESTree.Node;
  readonly events: PermitEvents;
  /** Whether it comes after another release on every path. */
  readonly isAlwaysSecond: boolean;
}

/**
 * The second releases in a file, in source order. None are reported of permits
 * whose second release does nothing or may do nothing, nor of a receiver that
 * the function acquires in several places: which permit a release gives back
 * isn't said.
 */
export function secondReleasesOf(file: File): SecondRelease[] {
  const facts = permitFactsOf(file);
  return facts.flatMap((each) =>
    each.site.evidence !== "origin" || !isSoleSite(each, facts, file)
      ? []
      : releasesIn(each).filter((second) => !doesNothing(second, file)),
  );
}

/** A release by the receiver can't know whose permit it gives back. */
function doesNothing(
  { site, release }: SecondRelease,
  { variables }: File,
): boolean {
  const { permit } = site.form;
  if (!permit.idempotent) return false;
  const isByReceiver =
    release.type === "CallExpression" &&
    isReceiverRelease(release.callee, site, variables);
  return permit.kind === "receiver" || !isByReceiver;
}

function releasesIn({ site, events, outcome }: PermitFacts): SecondRelease[] {
  return [...(outcome?.secondReleases ?? [])].flatMap(([release, trail]) => {
    const first = stepsOf(trail).findLast(({ step }) => step === "released");
    if (!first) return [];
    const isAlwaysSecond = !outcome?.neededReleases.has(release);
    return { site, release, first: first.node, events, isAlwaysSecond };
  });
}

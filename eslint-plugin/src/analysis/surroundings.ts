import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import { type Correlations, correlationsOf } from "./condition-key.js";
import { enclosingConditions } from "./enclosing-conditions.js";
import type { File } from "./file.js";
import type { PermitEvents } from "./permit-events.js";
import { isWaitedForHandler } from "./then-chain.js";
import { type FunctionNode, isCalledAtOnce } from "./tree.js";

/** A permit, and what is known of it. */
export interface KnownPermit {
  readonly site: AcquireSite;
  readonly events: PermitEvents;
}

/**
 * What the permits of one function share: found once, so that the work for each
 * permit doesn't grow with their number.
 */
export interface Surroundings {
  /** What happens to any permit of the file, an escape aside, by node. */
  readonly events: ReadonlyMap<TSESTree.Node, FunctionNode | "release">;
  /** The acquires, by the node whose value is the permit. */
  readonly sites: ReadonlyMap<TSESTree.Node, AcquireSite>;
  readonly correlations: Correlations;
  /** What is known of conditions wherever the function runs. */
  readonly enclosing: ReadonlyMap<string, boolean>;
}

/** What happens to permits, an escape aside, by node. */
export function eventsOf(
  permits: readonly KnownPermit[],
): Surroundings["events"] {
  const events = new Map<TSESTree.Node, FunctionNode | "release">();
  for (const { events: own } of permits) {
    for (const [node, event] of own.at) {
      if (event === "escape" || event === "dispose") continue;
      if (!events.has(node)) events.set(node, event);
    }
  }
  return events;
}

/** Gathers what the permits of a function share. Linear in its size. */
export function surroundingsOf(
  owner: FunctionNode,
  permits: readonly KnownPermit[],
  events: Surroundings["events"],
  file: File,
): Surroundings {
  const sites = new Map<TSESTree.Node, AcquireSite>();
  for (const { site } of permits) {
    if (site.permit) sites.set(site.permit, site);
  }
  const helpers = new Set(eventsOf(permits).values());
  return {
    events,
    sites,
    correlations: correlationsOf(
      owner.body,
      file,
      (fn) => helpers.has(fn) || isCalledAtOnce(fn) || isWaitedForHandler(fn),
    ),
    enclosing: enclosingConditions(owner, file.variables),
  };
}

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
  /** What happens to any of the permits, an escape aside, by node. */
  readonly events: ReadonlyMap<TSESTree.Node, FunctionNode | "release">;
  /** The acquires, by the node whose value is the permit. */
  readonly sites: ReadonlyMap<TSESTree.Node, AcquireSite>;
  readonly correlations: Correlations;
  /** What is known of conditions wherever the function runs. */
  readonly enclosing: ReadonlyMap<string, boolean>;
}

/** Gathers what the permits of a function share. Linear in its size. */
export function surroundingsOf(
  owner: FunctionNode,
  permits: readonly KnownPermit[],
  file: File,
): Surroundings {
  const events = new Map<TSESTree.Node, FunctionNode | "release">();
  const sites = new Map<TSESTree.Node, AcquireSite>();
  const helpers = new Set<FunctionNode>();
  for (const { site, events: own } of permits) {
    if (site.permit) sites.set(site.permit, site);
    for (const [node, event] of own.at) {
      if (event === "escape" || event === "dispose") continue;
      if (!events.has(node)) events.set(node, event);
      if (event !== "release") helpers.add(event);
    }
  }
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

import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { permitFactsOf } from "./permit-facts.js";
import { isSoleSite } from "./shared-receiver.js";
import { contains, type FunctionNode } from "./tree.js";

/** A `finally` that releases though the acquire in its `try` has failed. */
export interface VainRelease {
  readonly site: AcquireSite;
  readonly statement: TSESTree.TryStatement;
  readonly release: TSESTree.Node;
}

/** The acquires in a file that stand inside the `try` that releases them. */
export function vainReleasesOf(file: File): VainRelease[] {
  const facts = permitFactsOf(file);
  return facts.flatMap((each) => {
    const { site, owner, outcome } = each;
    if (site.evidence !== "origin") return [];
    if (!outcome || !isSoleSite(each, facts, file)) return [];
    for (const release of outcome.vainReleases) {
      const statement = tryAround(site.call, release, owner);
      if (statement) return [{ site, statement, release }];
    }
    return [];
  });
}

/** The `try` that holds the acquire in its block, the release in its end. */
function tryAround(
  acquire: TSESTree.Node,
  release: TSESTree.Node,
  owner: FunctionNode,
): TSESTree.TryStatement | undefined {
  for (
    let at: TSESTree.Node | undefined = acquire.parent;
    at && at !== owner;
    at = at.parent
  ) {
    if (
      at.type === "TryStatement" &&
      at.finalizer &&
      contains(at.block, acquire) &&
      contains(at.finalizer, release)
    ) {
      return at;
    }
  }
  return undefined;
}

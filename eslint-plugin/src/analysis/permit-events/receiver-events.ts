import type { TSESTree } from "@typescript-eslint/types";
import { isMethodOfReceiver, isReceiverRelease } from "../receiver-release.js";
import { descendantsOf, memberName, wrapped } from "../tree.js";
import { escape, release, type EventSearch } from "./event-search.js";

/** Releases by the receiver, or by the module, without the permit in hand. */
export function findReceiverReleases(search: EventSearch): void {
  const { endsLent = [] } = search.site.protocol;
  for (const node of descendantsOf(
    search.owner.body,
    search.sourceCode.visitorKeys,
  )) {
    if (isMethodOfReceiver(node, endsLent, search.site, search.variables)) {
      const { parent } = wrapped(node);
      if (parent?.type === "CallExpression") search.at.set(parent, "release");
    }
    if (!isReceiverRelease(node, search.site, search.variables)) continue;
    const value = wrapped(node);
    const { parent } = value;
    if (parent?.type === "CallExpression" && parent.callee === value) {
      release(search, parent);
    } else if (isFunctionValue(parent)) {
      escape(search, value);
    }
  }
}

/** A member that is only the object of another is not passed on itself. */
function isFunctionValue(parent: TSESTree.Node | undefined): boolean {
  return parent?.type !== "MemberExpression" || memberName(parent) === "bind";
}

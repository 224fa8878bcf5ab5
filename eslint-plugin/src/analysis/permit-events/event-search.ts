import type { TSESTree } from "@typescript-eslint/types";
import type { PermitShape } from "../../protocols/protocol.js";
import type { AcquireSite } from "../acquire-sites.js";
import type { File } from "../file.js";
import type { Handle, PermitEvent } from "../permit-events.js";
import { isHandler } from "../then-chain.js";
import { type FunctionNode, isCalledAtOnce, isFunction } from "../tree.js";
import type { Variable, Variables } from "../variables.js";

/** What has been found so far of the events of one site's permit. */
export interface EventSearch {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly shape: PermitShape;
  readonly sourceCode: File["sourceCode"];
  readonly variables: Variables;
  readonly at: Map<TSESTree.Node, PermitEvent>;
  /** The variables that hold the permit, and how each gives it back. */
  readonly handles: Map<Variable, Handle>;
  /** Those of them whose mentions have yet to be looked at. */
  readonly queue: Variable[];
  readonly releases: TSESTree.CallExpression[];
  /** The functions inside the owner that release or give the permit away. */
  readonly closures: Set<FunctionNode>;
  /** Where the permit is passed to somebody who may only borrow it. */
  readonly lent: TSESTree.Node[];
  /** Where an object is made of the permit, which may own it from then on. */
  readonly wrapped: TSESTree.Node[];
  readonly uses: Set<TSESTree.Node>;
  readonly emptyHanded: Set<TSESTree.Node>;
  readonly endFlags: Map<string, boolean>;
  /** Whether anything depends on one of the flags. */
  heedsEnd: boolean;
  readonly callbacks: Set<FunctionNode>;
  readonly chains: Set<TSESTree.Node>;
  readonly detached: Set<TSESTree.Node>;
}

/** Notes that somebody else owns the permit from a node on. */
export function escape(search: EventSearch, value: TSESTree.Node): void {
  search.at.set(value, "escape");
  noteClosures(search, value);
}

/** Notes that a call gives the permit back. */
export function release(search: EventSearch, call: TSESTree.Node): void {
  search.at.set(call, "release");
  noteClosures(search, call);
  if (call.type === "CallExpression" && !closureAround(search, call)) {
    search.releases.push(call);
  }
}

/**
 * Only the outermost closure is followed; one inside it may run any time, unless
 * it is called where it is written.
 */
export function noteClosures(search: EventSearch, node: TSESTree.Node): void {
  const outermost = closureAround(search, node);
  if (!outermost) return;
  search.closures.add(outermost);
  for (let up = node.parent; up && up !== outermost; up = up.parent) {
    if (!isFunction(up) || isCalledAtOnce(up)) continue;
    if (!isHandler(up) || up.generator) search.at.set(up, "escape");
  }
}

/** The outermost function below the owner that holds `node`, if any. */
export function closureAround(
  search: EventSearch,
  node: TSESTree.Node,
): FunctionNode | undefined {
  let outermost: FunctionNode | undefined;
  for (let up = node.parent; up && up !== search.owner; up = up.parent) {
    if (isFunction(up)) outermost = up;
  }
  return outermost;
}

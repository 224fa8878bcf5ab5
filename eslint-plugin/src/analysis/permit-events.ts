import type { TSESTree } from "@typescript-eslint/types";
import type { PermitShape } from "../protocols/protocol.js";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { resolveClosures } from "./permit-events/closures.js";
import {
  closureAround,
  type EventSearch,
} from "./permit-events/event-search.js";
import { bind, bindTarget } from "./permit-events/holders.js";
import { findReceiverReleases } from "./permit-events/receiver-events.js";
import { isHandler } from "./then-chain.js";
import { contains, type FunctionNode } from "./tree.js";
import type { Reference, Variable } from "./variables.js";

/**
 * What happens to one site's permit, and at which node:
 * `release`: it is given back; `dispose`: `using` sees to that; `escape`:
 * somebody else owns it from here on, so nobody in this function owes a release;
 * a function: the call runs that function's body here.
 */
export type PermitEvent = "dispose" | "escape" | "release" | FunctionNode;

export interface PermitEvents {
  readonly at: ReadonlyMap<TSESTree.Node, PermitEvent>;
  /** The releasing calls written in the function itself, in source order. */
  readonly releases: readonly TSESTree.CallExpression[];
  /** The variable that the permit, or its release function, is bound to. */
  readonly holder: Holder | undefined;
  /**
   * Whether the permit goes to an owner elsewhere: it is returned, stored,
   * passed on, or captured by a function that releases it later.
   */
  readonly escapes: boolean;
  /** The escapes that would be none, if the function released as well. */
  readonly borrowed: ReadonlySet<TSESTree.Node>;
  /** Whether a function does the releasing that is run here, or by a chain here. */
  readonly releasesInHelper: boolean;
  /** The uses by which a permit takes what it stands for, where it waits so long. */
  readonly uses: ReadonlySet<TSESTree.Node>;
  /** The calls of the permit by whose rejection it comes to nothing. */
  readonly emptyHanded: ReadonlySet<TSESTree.Node>;
  /** The conditions, by key, by which outcome of them nothing is owed any more. */
  readonly endFlags: ReadonlyMap<string, boolean>;
  /**
   * Callbacks of error-first style that take over the permit, to run once. None
   * where the function releases as well: who of them does is theirs to settle.
   */
  readonly callbacks: ReadonlySet<FunctionNode>;
  /**
   * The last links of chains of `then`, `catch` and `finally` some function of
   * which gives the permit up.
   */
  readonly chains: ReadonlySet<TSESTree.Node>;
  /** The calls on the spot of async functions that nobody waits for. */
  readonly detached: ReadonlySet<TSESTree.Node>;
  /** Whether the function neither releases the permit nor lets it escape. */
  readonly neverReleased: boolean;
}

export interface Holder {
  readonly variable: Variable;
  readonly handle: Handle;
}

/**
 * How a variable gives the permit back: it is called, one of its members is,
 * or it is passed to a method of the receiver.
 */
export type Handle =
  | { readonly kind: "releaser" }
  | { readonly kind: "permit"; readonly release: readonly string[] }
  | { readonly kind: "resource"; readonly release: readonly string[] };

/**
 * Finds every event of a site's permit inside the function that acquired it:
 * follows the variables and aliases that hold it, and the closures over them.
 */
export function permitEventsOf(
  site: AcquireSite,
  owner: FunctionNode,
  file: File,
): PermitEvents {
  const search = newSearch(site, owner, file);
  const [variable] = search.queue;
  const handle = variable && search.handles.get(variable);
  followHolders(search);
  findReceiverReleases(search);
  const runsHelper = resolveClosures(search);
  const releasesInHelper = runsHelper || isReleaseHandedToChain(search);

  const { at, lent, wrapped, releases, endFlags } = search;
  // An argument is only borrowed when this function also gives the permit back.
  const releasesHere = releases.length > 0 || releasesInHelper;
  const borrowed = releasesHere
    ? []
    : lent.map((node) => closureAround(search, node) ?? node);
  // What is made of the permit owns it, unless what follows releases it anyway.
  for (const node of wrapped) {
    if (!releases.some((release) => isAlwaysAfter(release, node)))
      at.set(closureAround(search, node) ?? node, "escape");
  }
  const keeps = new Set(at.keys());
  for (const node of borrowed) at.set(node, "escape");

  const endings = [...at.values()];
  const escapes = endings.includes("escape");
  return {
    at,
    escapes,
    borrowed: new Set(borrowed.filter((node) => !keeps.has(node))),
    releasesInHelper,
    uses: search.uses,
    emptyHanded: search.emptyHanded,
    endFlags,
    callbacks: releasesHere ? new Set() : search.callbacks,
    chains: search.chains,
    detached: search.detached,
    releases: releases.sort((a, b) => a.range[0] - b.range[0]),
    holder: variable && handle && { variable, handle },
    neverReleased:
      !releasesHere &&
      !escapes &&
      !endings.includes("dispose") &&
      endFlags.size === 0,
  };
}

/** A search that knows the first to hold the permit, and nothing else yet. */
function newSearch(
  site: AcquireSite,
  owner: FunctionNode,
  { sourceCode, variables }: File,
): EventSearch {
  const search: EventSearch = {
    site,
    owner,
    shape: site.form.permit,
    sourceCode,
    variables,
    at: new Map(),
    handles: new Map(),
    queue: [],
    releases: [],
    closures: new Set(),
    lent: [],
    wrapped: [],
    uses: new Set(),
    emptyHanded: new Set(),
    endFlags: new Map(),
    heedsEnd: false,
    callbacks: new Set(),
    chains: new Set(),
    detached: new Set(),
  };
  const initial = initialHandle(search.shape);
  if (site.use !== "then") {
    if (site.permit) bind(search, site.permit, initial);
  } else if (site.permit && initial) {
    bindTarget(search, site.permit, initial, site.permit);
  }
  return search;
}

/** Follows the variables that hold the permit to those they are copied to. */
function followHolders(search: EventSearch): void {
  const { queue, handles, endFlags } = search;
  for (let next = queue.pop(); next; next = queue.pop()) {
    const handle = handles.get(next);
    for (const reference of next.references) {
      if (handle && isValueRead(reference))
        bind(search, reference.identifier, handle);
    }
  }
  // Who reads on whatever the flag says has no end in mind.
  if (!search.heedsEnd) endFlags.clear();
}

/** `promise.finally(release)`. */
function isReleaseHandedToChain(search: EventSearch): boolean {
  return [...search.at].some(
    ([node, event]) =>
      event === "release" && isHandler(node) && !closureAround(search, node),
  );
}

/** A name in a type, as in `typeof permit`, reads no value. */
function isValueRead(reference: Reference): boolean {
  return (
    reference.isRead() && reference.identifier.parent.type !== "TSTypeQuery"
  );
}

/**
 * Whether `later` is run after `node` unless something leaves in between: it
 * stands further down in a block around `node`, or in the `finally` of a `try`
 * around it, under no condition of its own.
 */
function isAlwaysAfter(later: TSESTree.Node, node: TSESTree.Node): boolean {
  if (later.range[0] < node.range[1]) return false;
  for (let at = later; at.parent; at = at.parent) {
    if (!unconditional.has(at.parent.type)) return false;
    if (contains(at.parent, node)) return true;
  }
  return false;
}

/** What runs its parts whenever it runs itself; of `try` all but the `catch`. */
const unconditional: ReadonlySet<string> = new Set([
  "AwaitExpression",
  "BlockStatement",
  "ExpressionStatement",
  "TryStatement",
]);

function initialHandle(shape: PermitShape): Handle | undefined {
  switch (shape.kind) {
    case "receiver":
      return undefined;
    case "releaser":
      return { kind: "releaser" };
    case "tuple":
      return { kind: "permit", release: [String(shape.index)] };
    case "object":
      return { kind: "permit", release: shape.release };
    case "argument":
      return { kind: "resource", release: shape.release };
  }
}

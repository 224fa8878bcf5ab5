import type { AcquireForm, PermitShape } from "./protocol.js";

/** A kind of call that acquires if the same function releases what it returns. */
export interface ByUse {
  readonly method: RegExp;
  /** What the permit may be like, likeliest first. */
  readonly permits: readonly PermitShape[];
  readonly ready: AcquireForm["ready"];
}

const object = {
  kind: "object",
  release: ["release", "releaseLock", "unlock"],
} as const;
const argument = {
  kind: "argument",
  release: ["release", "releaseConnection", "releaseClient", "unlock"],
} as const;
const releaser = { kind: "releaser" } as const;
const tuple = { kind: "tuple", index: 1 } as const;
const receiver = { kind: "receiver", release: ["release", "unlock"] } as const;

const locks = String.raw`acquire\w*|lock|get\w*Lock|checkout|borrow`;
const connections = "connect|getConnection|getClient|createQueryRunner|alloc";
const streams = "createQueryRunner|getReader|getWriter";

/** A pattern for words of which one stands in every file with such a call. */
export const byUseWords = [locks, connections, streams].join("|");

/**
 * Names of calls that hand out permits, for receivers of which nothing is known.
 * The name alone is no evidence: it counts only where the very function gives
 * the permit back on some path. Who releases on one path and not on another
 * has said all that is needed.
 */
export const byUse: readonly ByUse[] = [
  {
    method: new RegExp(`^(?:${locks})$`),
    ready: "promise",
    permits: [object, argument, releaser, tuple, receiver],
  },
  {
    method: new RegExp(`^(?:${connections})$`),
    ready: "promise",
    permits: [object, argument],
  },
  {
    method: new RegExp(`^(?:${streams})$`),
    ready: "now",
    permits: [object],
  },
];

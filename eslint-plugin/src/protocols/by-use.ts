import { connectionEnders } from "./connection-enders.js";
import type { AcquireForm, PermitShape } from "./protocol.js";

/** A kind of call that acquires if the same function releases what it returns. */
export interface ByUse {
  /** Names of methods and functions; `*` stands for any word characters. */
  readonly methods: readonly string[];
  /** What the permit may be like, likeliest first. */
  readonly permits: readonly PermitShape[];
  readonly ready: AcquireForm["ready"];
  /** The name is that of one library only: it is evidence enough by itself. */
  readonly unmistakable?: true;
  /** Methods of the receiver that end what it lent along with itself. */
  readonly endsLent?: readonly string[];
  /** Classes, by name, in which the receiver lends nothing that could run out. */
  readonly lendsNothingIn?: RegExp;
}

/** Ends what was lent, but is no evidence that it was lent. */
const ends = ["close", "destroy", "disconnect", "dispose", "end", "terminate"];
const object = {
  kind: "object",
  release: ["release", "releaseLock", "unlock"],
  ends,
} as const;
const connection = {
  ...object,
  mayBeReleasedBy: connectionEnders,
  lent: true,
} as const;
const argument = {
  kind: "argument",
  release: [
    "release",
    "releaseConnection",
    "releaseClient",
    "releaseLock",
    "releaseLockAsync",
    "unlock",
    "unlockAsync",
    "destroy",
  ],
} as const;
const lentArgument = { ...argument, lent: true } as const;
const releaser = { kind: "releaser" } as const;
const tuple = { kind: "tuple", index: 1 } as const;
const receiver = { kind: "receiver", release: ["release", "unlock"] } as const;
/** A reader is done with once it has read to the end of the stream. */
const reader = {
  kind: "object",
  givesNothing: true,
  release: ["releaseLock", "cancel"],
  optional: true,
  locksReceiver: true,
  endedBy: { method: "read", flag: "done", value: "value" },
  voidIfRejected: ["read"],
  lent: true,
} as const;
const writer = {
  kind: "object",
  givesNothing: true,
  release: ["releaseLock", "close", "abort"],
  voidIfRejected: ["write"],
  optional: true,
  lent: true,
} as const;
/** It takes a connection when it connects, at its first query at the latest. */
const queryRunner = {
  kind: "object",
  givesNothing: true,
  release: ["release"],
  awaitRelease: true,
  idempotent: true,
  takenByUse: {
    except: ["connection", "data", "isReleased", "isTransactionActive"],
  },
  voidIfRejected: ["connect"],
  lent: true,
} as const;

/** SQLite and MongoDB have one connection, which every query runner shares. */
const typeorm = {
  methods: ["createQueryRunner"],
  permits: [queryRunner],
  unmistakable: true,
  endsLent: ["destroy", "close"],
  lendsNothingIn: /sqlite|sqljs|mongo/i,
} as const;

/**
 * Names of calls that hand out permits, for receivers of which nothing is known.
 * The name alone is no evidence, unless it is one library's own: it counts only
 * where the very function gives the permit back on some path. Who releases on
 * one path and not on another has said all that is needed.
 */
export const byUse: readonly ByUse[] = [
  {
    methods: [
      "acquire*",
      "borrow",
      "checkout",
      "lock",
      "lockAsync",
      ...["get*", "obtain", "take", "wait"].flatMap((verb) => [
        `${verb}Lock`,
        `${verb}LockAsync`,
      ]),
    ],
    ready: "promise",
    permits: [object, argument, releaser, tuple, receiver],
  },
  {
    methods: ["alloc", "connect", "getClient", "getConnection"],
    ready: "promise",
    permits: [connection, lentArgument],
  },
  { methods: ["alloc"], ready: "now", permits: [lentArgument] },
  { methods: ["getReader"], ready: "now", permits: [reader] },
  { methods: ["getWriter"], ready: "now", permits: [writer] },
  { ...typeorm, ready: "promise" },
  { ...typeorm, ready: "now" },
];

import type { Protocol } from "./protocol.js";

/** The end of a stream ends its lock as well, so a release may be left out. */
export const webStreams: readonly Protocol[] = [
  {
    modules: [],
    classes: ["ReadableStream"],
    acquire: [
      {
        method: "getReader",
        ready: "now",
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["releaseLock", "cancel"],
          locksReceiver: true,
          endedBy: { method: "read", flag: "done", value: "value" },
          voidIfRejected: ["read"],
          idempotent: true,
          optional: true,
          lent: true,
        },
      },
    ],
  },
  {
    modules: [],
    classes: ["WritableStream"],
    acquire: [
      {
        method: "getWriter",
        ready: "now",
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["releaseLock", "close", "abort"],
          voidIfRejected: ["write"],
          idempotent: true,
          optional: true,
          lent: true,
        },
      },
    ],
  },
];

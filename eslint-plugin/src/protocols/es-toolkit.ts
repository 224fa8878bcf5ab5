import type { Protocol } from "./protocol.js";

export const esToolkit: readonly Protocol[] = [
  {
    modules: ["es-toolkit", "es-toolkit/promise"],
    classes: ["Semaphore", "Mutex"],
    limitsByObject: true,
    migration: {
      Semaphore: {
        into: "Semaphore",
        takes: "limit",
        reads: {
          available: { by: "member", into: "available" },
          capacity: { by: "member", into: "limit" },
        },
      },
      Mutex: {
        into: "Mutex",
        takes: "nothing",
        reads: { isLocked: { by: "member", into: "locked" } },
      },
    },
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        neverRejects: true,
        permit: { kind: "receiver", givesNothing: true, release: ["release"] },
      },
    ],
  },
];

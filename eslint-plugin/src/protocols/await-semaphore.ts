import type { Protocol } from "./protocol.js";

export const awaitSemaphore: readonly Protocol[] = [
  {
    modules: ["await-semaphore"],
    classes: ["Semaphore", "Mutex"],
    limitsByObject: true,
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        neverRejects: true,
        permit: { kind: "releaser", givesNothing: true, idempotent: true },
      },
    ],
    migration: {
      Semaphore: { into: "Semaphore", takes: "limit" },
      Mutex: { into: "Mutex", takes: "nothing" },
    },
    scoped: { method: "use", passes: "nothing", async: true },
  },
];

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
        permit: { kind: "releaser", idempotent: true },
      },
    ],
    scoped: { method: "use", passes: "nothing", async: true },
  },
];

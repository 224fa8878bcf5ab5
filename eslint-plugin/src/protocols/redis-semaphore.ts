import type { Protocol } from "./protocol.js";

const permit = {
  kind: "receiver",
  givesNothing: true,
  release: ["release"],
  awaitRelease: true,
  idempotent: true,
} as const;

export const redisSemaphore: readonly Protocol[] = [
  {
    modules: ["redis-semaphore"],
    classes: [
      "Mutex",
      "Semaphore",
      "MultiSemaphore",
      "RedlockMutex",
      "RedlockSemaphore",
      "RedlockMultiSemaphore",
    ],
    acquire: [
      { method: "acquire", ready: "promise", permit },
      { method: "tryAcquire", ready: "promise", mayFail: true, permit },
    ],
  },
];

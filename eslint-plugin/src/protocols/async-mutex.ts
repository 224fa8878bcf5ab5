import type { Protocol } from "./protocol.js";

const modules = ["async-mutex"];
const wrappers = ["withTimeout", "tryAcquire"];
const release = { receiverRelease: "release", idempotent: true } as const;

export const asyncMutex: readonly Protocol[] = [
  {
    modules,
    classes: ["Mutex", "MutexInterface"],
    wrappers,
    limitsByObject: true,
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        permit: { kind: "releaser", givesNothing: true, ...release },
      },
    ],
    scoped: { method: "runExclusive", passes: "nothing" },
    migration: {
      Mutex: {
        into: "Mutex",
        takes: "nothing",
        reads: { isLocked: { by: "call", into: "locked" } },
      },
    },
  },
  {
    modules,
    classes: ["Semaphore", "SemaphoreInterface"],
    wrappers,
    limitsByObject: true,
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        permit: { kind: "tuple", givesNothing: true, index: 1, ...release },
      },
    ],
    scoped: { method: "runExclusive", passes: "value" },
    migration: { Semaphore: { into: "Semaphore", takes: "limit" } },
  },
];

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
        permit: { kind: "releaser", ...release },
      },
    ],
    scoped: { method: "runExclusive", passes: "nothing" },
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
        permit: { kind: "tuple", index: 1, ...release },
      },
    ],
    scoped: { method: "runExclusive", passes: "value" },
  },
];

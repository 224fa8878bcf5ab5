import type { Protocol } from "./protocol.js";

const permit = {
  kind: "receiver",
  givesNothing: true,
  release: ["release"],
} as const;

export const asyncSema: readonly Protocol[] = [
  {
    modules: ["async-sema"],
    classes: ["Sema"],
    limitsByObject: true,
    migration: {
      Sema: {
        into: "Semaphore",
        takes: "limit",
        reads: { nrWaiting: { by: "call", into: "pending" } },
      },
    },
    acquire: [
      { method: "acquire", ready: "promise", neverRejects: true, permit },
      { method: "tryAcquire", ready: "now", mayFail: true, permit },
    ],
  },
];

import type { Protocol } from "./protocol.js";

const permit = {
  kind: "receiver",
  givesNothing: true,
  release: ["release"],
} as const;

export const awaitLock: readonly Protocol[] = [
  {
    modules: ["await-lock"],
    classes: ["default"],
    limitsByObject: true,
    acquire: [
      { method: "acquireAsync", ready: "promise", neverRejects: true, permit },
      { method: "tryAcquire", ready: "now", mayFail: true, permit },
    ],
  },
];

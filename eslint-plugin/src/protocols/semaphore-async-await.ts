import type { Protocol } from "./protocol.js";

const permit = {
  kind: "receiver",
  givesNothing: true,
  release: ["release", "signal"],
} as const;

export const semaphoreAsyncAwait: readonly Protocol[] = [
  {
    modules: ["semaphore-async-await"],
    classes: ["default", "Lock"],
    limitsByObject: true,
    acquire: [
      { method: "acquire", ready: "promise", neverRejects: true, permit },
      { method: "wait", ready: "promise", neverRejects: true, permit },
      { method: "waitFor", ready: "promise", mayFail: true, permit },
      { method: "tryAcquire", ready: "now", mayFail: true, permit },
    ],
    scoped: { method: "execute", passes: "nothing" },
  },
];

import type { Protocol } from "./protocol.js";

export const asyncAwaitMutexLock: readonly Protocol[] = [
  {
    modules: ["async-await-mutex-lock"],
    classes: ["Lock"],
    limitsByObject: true,
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

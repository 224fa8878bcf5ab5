import type { Protocol } from "./protocol.js";

const permit = { kind: "receiver", release: ["release"] } as const;

export const asyncSema: readonly Protocol[] = [
  {
    modules: ["async-sema"],
    classes: ["Sema"],
    limitsByObject: true,
    acquire: [
      { method: "acquire", ready: "promise", neverRejects: true, permit },
      { method: "tryAcquire", ready: "now", mayFail: true, permit },
    ],
  },
];

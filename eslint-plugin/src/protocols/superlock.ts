import type { Protocol } from "./protocol.js";

export const superlock: readonly Protocol[] = [
  {
    modules: ["superlock"],
    factories: ["createLock"],
    limitsByObject: true,
    acquire: [
      {
        method: "",
        ready: "promise",
        mayFail: true,
        neverRejects: true,
        permit: { kind: "releaser", givesNothing: true },
      },
    ],
  },
];

import type { Protocol } from "./protocol.js";

export const mutexify: readonly Protocol[] = [
  {
    modules: ["mutexify/promise", "mutexify/promise.js"],
    factories: ["default", "*"],
    limitsByObject: true,
    acquire: [
      {
        method: "",
        ready: "promise",
        neverRejects: true,
        permit: { kind: "releaser", givesNothing: true },
      },
    ],
  },
];

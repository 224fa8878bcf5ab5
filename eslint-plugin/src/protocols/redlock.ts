import type { Protocol } from "./protocol.js";

/** Up to version 4 a lock is unlocked, from version 5 on it is released. */
export const redlock: readonly Protocol[] = [
  {
    modules: ["redlock"],
    classes: ["default", "*"],
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        permit: {
          kind: "object",
          release: ["release", "unlock"],
          awaitRelease: true,
        },
      },
      {
        method: "lock",
        ready: "promise",
        unscoped: true,
        permit: { kind: "object", release: ["unlock"], awaitRelease: true },
      },
    ],
    scoped: { method: "using", passes: "nothing", callback: 2 },
  },
];

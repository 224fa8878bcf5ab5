import type { Protocol } from "./protocol.js";

export const genericPool: readonly Protocol[] = [
  {
    modules: ["generic-pool"],
    classes: ["Pool"],
    factories: ["createPool"],
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        permit: {
          kind: "argument",
          givesNothing: true,
          release: ["release", "destroy"],
          awaitRelease: true,
          lent: true,
        },
      },
    ],
    scoped: { method: "use", passes: "permit", async: true },
  },
];

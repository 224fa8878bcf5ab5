import type { Protocol } from "./protocol.js";

export const esToolkit: readonly Protocol[] = [
  {
    modules: ["es-toolkit", "es-toolkit/promise"],
    classes: ["Semaphore", "Mutex"],
    limitsByObject: true,
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        neverRejects: true,
        permit: { kind: "receiver", release: ["release"] },
      },
    ],
  },
];

import type { Protocol } from "./protocol.js";

export const shopifySemaphore: readonly Protocol[] = [
  {
    modules: ["@shopify/semaphore"],
    classes: ["Semaphore"],
    limitsByObject: true,
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        neverRejects: true,
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["release"],
          awaitRelease: true,
          idempotent: true,
        },
      },
    ],
  },
];

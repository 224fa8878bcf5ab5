import type { Protocol } from "./protocol.js";

const lock = {
  method: "lock",
  ready: "promise",
  neverRejects: true,
} as const;

export const livekitMutex: readonly Protocol[] = [
  {
    modules: ["@livekit/mutex"],
    classes: ["Mutex"],
    limitsByObject: true,
    acquire: [
      {
        ...lock,
        permit: { kind: "releaser", givesNothing: true, idempotent: true },
      },
    ],
  },
  {
    modules: ["@livekit/mutex"],
    classes: ["MultiMutex"],
    limitsByObject: true,
    acquire: [{ ...lock, permit: { kind: "releaser", givesNothing: true } }],
  },
];

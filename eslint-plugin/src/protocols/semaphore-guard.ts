import type { Protocol } from "./protocol.js";

const permit = { kind: "object", release: "release" } as const;

export const semaphoreGuard: readonly Protocol[] = [
  {
    module: "semaphore-guard",
    classes: ["Semaphore"],
    acquire: [
      { method: "acquire", returns: "promise", permit, disposable: true },
      { method: "tryAcquire", returns: "try", permit, disposable: true },
    ],
    scoped: { method: "withPermit", passes: "permit" },
  },
];

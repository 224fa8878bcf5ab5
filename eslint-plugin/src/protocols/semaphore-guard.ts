import type { Protocol } from "./protocol.js";

const permit = {
  kind: "object",
  release: ["release"],
  idempotent: true,
} as const;

export const semaphoreGuard: readonly Protocol[] = [
  {
    modules: ["semaphore-guard"],
    classes: ["Semaphore"],
    acquire: [
      { method: "acquire", ready: "promise", permit, disposable: "sync" },
      {
        method: "tryAcquire",
        ready: "now",
        mayFail: true,
        permit,
        disposable: "sync",
      },
    ],
    scoped: { method: "withPermit", passes: "permit" },
  },
];

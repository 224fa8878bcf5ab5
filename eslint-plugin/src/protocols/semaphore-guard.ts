import type { Protocol } from "./protocol.js";

const permit = {
  kind: "object",
  release: ["release", "forget"],
  idempotent: true,
} as const;

export const semaphoreGuard: readonly Protocol[] = [
  {
    modules: ["semaphore-guard"],
    classes: ["Semaphore", "Mutex"],
    factories: ["Semaphore.fromEnv"],
    limitsByObject: true,
    acquire: [
      { method: "acquire", ready: "promise", permit, disposable: "sync" },
      { method: "acquireNow", ready: "now", permit, disposable: "sync" },
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

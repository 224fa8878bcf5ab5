import type { Protocol } from "./protocol.js";

const permit = {
  kind: "object",
  release: ["release", "forget"],
  idempotent: true,
} as const;

const lease = {
  kind: "object",
  release: ["release"],
  awaitRelease: true,
  idempotent: true,
} as const;

export const semaphoreGuard: readonly Protocol[] = [
  {
    modules: ["semaphore-guard"],
    classes: ["Semaphore", "Mutex"],
    factories: ["Semaphore.fromEnv"],
    limitsByObject: true,
    endsWait: ["signal", "timeout"],
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
    resize: "resize",
    scoped: { method: "withPermit", passes: "permit" },
  },
  {
    modules: ["semaphore-guard/threads"],
    classes: ["SharedSemaphore"],
    factories: ["SharedSemaphore.from"],
    blocksItself: true,
    endsWait: ["signal", "timeout"],
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
  {
    modules: ["semaphore-guard/redis"],
    classes: ["RedisSemaphore"],
    acquire: [
      {
        method: "acquire",
        ready: "promise",
        permit: lease,
        disposable: "async",
      },
      {
        method: "tryAcquire",
        ready: "promise",
        mayFail: true,
        permit: lease,
        disposable: "async",
      },
    ],
    scoped: { method: "withPermit", passes: "permit" },
  },
  {
    modules: ["semaphore-guard/adaptive-limit"],
    classes: ["AdaptiveLimit"],
    acquire: [],
    scoped: { method: "withPermit", passes: "permit" },
  },
];

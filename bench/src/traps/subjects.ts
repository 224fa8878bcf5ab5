import { createRequire } from "node:module";
import { getSemaphore } from "@henrygd/semaphore";
import { Semaphore as Shopify } from "@shopify/semaphore";
import { Semaphore as AsyncMutex, withTimeout } from "async-mutex";
import { Sema } from "async-sema";
import Bottleneck from "bottleneck";
import { bulkhead } from "cockatiel";
import { Semaphore as EsToolkit } from "es-toolkit";
import fastq from "fastq";
import pLimit from "p-limit";
import PQueue from "p-queue";
import asyncAwait from "semaphore-async-await";
import { Semaphore } from "semaphore-guard";
import { detectDeadlocks } from "semaphore-guard/deadlock-detector";
import { withLock } from "superlock";
import type { Limiter, Subject } from "./subject.js";

/** Required, since it ships sources that don't pass our type check. */
const { Semaphore: AwaitSemaphore } = createRequire(import.meta.url)(
  "await-semaphore",
) as {
  Semaphore: new (limit: number) => {
    acquire(): Promise<() => void>;
    use<T>(fn: () => Promise<T>): Promise<T>;
  };
};

export const subjects: readonly Subject[] = [
  {
    name: "semaphore-guard",
    can: { signal: true, weight: true, timeout: true },
    make: (limit) => ours(new Semaphore(limit), limit),
  },
  {
    name: "async-mutex",
    can: { weight: true, timeout: true },
    make(limit) {
      const semaphore = new AsyncMutex(limit);
      return {
        run: (fn) => semaphore.runExclusive(fn),
        async acquire({ weight, timeout } = {}) {
          const limited = timeout ? withTimeout(semaphore, timeout) : semaphore;
          const [, release] = await limited.acquire(weight);
          return release;
        },
        resize: (limit) => {
          semaphore.setValue(limit);
        },
        clear: () => {
          semaphore.cancel();
        },
      };
    },
  },
  {
    name: "async-sema",
    can: {},
    make: (limit) => counting(new Sema(limit)),
  },
  {
    name: "es-toolkit",
    can: {},
    make: (limit) => counting(new EsToolkit(limit)),
  },
  {
    name: "@henrygd/semaphore",
    can: {},
    make: (limit) => counting(getSemaphore(undefined, limit)),
  },
  {
    name: "semaphore-async-await",
    can: {},
    make(limit) {
      const semaphore = new asyncAwait.default(limit);
      return {
        ...counting(semaphore),
        run: (fn) => semaphore.execute(async () => await fn()),
      };
    },
  },
  {
    name: "await-semaphore",
    can: {},
    make(limit) {
      const semaphore = new AwaitSemaphore(limit);
      return {
        run: (fn) => semaphore.use(fn as () => Promise<unknown>),
        acquire: () => semaphore.acquire(),
      };
    },
  },
  {
    name: "@shopify/semaphore",
    can: {},
    make(limit) {
      const semaphore = new Shopify(limit);
      return {
        async acquire() {
          const permit = await semaphore.acquire();
          return () => permit.release();
        },
      };
    },
  },
  {
    name: "superlock",
    can: { signal: true },
    make(limit) {
      const lock = withLock(limit);
      return {
        run: (fn, signal) => lock(fn as () => Promise<unknown>, signal),
      };
    },
  },
  {
    name: "cockatiel",
    can: { signal: true },
    make(limit) {
      const policy = bulkhead(limit, Infinity);
      return { run: (fn, signal) => policy.execute(fn, signal) };
    },
  },
  {
    name: "p-limit",
    can: {},
    make(limit) {
      const limited = pLimit(limit);
      return {
        run: (fn) => limited(fn),
        resize: (limit) => (limited.concurrency = limit),
        clear: () => {
          limited.clearQueue();
        },
      };
    },
  },
  {
    name: "p-queue",
    can: { signal: true },
    make(limit) {
      const queue = new PQueue({ concurrency: limit });
      return {
        run: (fn, signal) => queue.add(fn, signal ? { signal } : {}),
        resize: (limit) => (queue.concurrency = limit),
        clear: () => {
          queue.clear();
        },
      };
    },
  },
  {
    name: "fastq",
    can: {},
    make(limit) {
      const queue = fastq.promise(
        async (fn: () => unknown) => await fn(),
        limit,
      );
      return {
        run: (fn) => queue.push(fn),
        resize: (limit) => (queue.concurrency = limit),
        clear: () => {
          queue.kill();
        },
      };
    },
  },
  {
    name: "bottleneck",
    can: { weight: true },
    make(limit) {
      const limiter = new Bottleneck({ maxConcurrent: limit });
      return {
        run: (fn) => limiter.schedule(fn as () => Promise<unknown>),
        resize: (limit) => {
          limiter.updateSettings({ maxConcurrent: limit });
        },
      };
    },
  },
];

function ours(semaphore: Semaphore, limit: number): Limiter {
  return {
    run: (fn, signal) => semaphore.withPermit(fn, { signal }),
    async acquire(options) {
      const permit = await semaphore.acquire(options);
      return () => permit.release();
    },
    resize: (limit) => {
      semaphore.resize(limit);
    },
    clear: () => {
      semaphore.close();
    },
    watching() {
      detectDeadlocks(semaphore);
      return this;
    },
    yielding: () => ours(new Semaphore(limit, { yieldEvery: 1000 }), limit),
  };
}

/** For those whose semaphore itself releases, whoever asks. */
function counting(semaphore: {
  acquire(): Promise<unknown>;
  release(): unknown;
}): Limiter {
  return {
    async acquire() {
      await semaphore.acquire();
      return () => semaphore.release();
    },
  };
}

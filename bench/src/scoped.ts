import { Semaphore as AsyncMutex } from "async-mutex";
import { Sema } from "async-sema";
import { bulkhead } from "cockatiel";
import { Semaphore as EsToolkit } from "es-toolkit";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { Semaphore } from "semaphore-guard";
import { withLock } from "superlock";

type Task = () => Promise<void>;

/** Runs tasks under a limit; by npm name, each in the way its README shows. */
export const scoped: Record<
  string,
  (limit: number) => (task: Task) => unknown
> = {
  "semaphore-guard": (limit) => {
    const semaphore = new Semaphore(limit);
    return (task) => semaphore.withPermit(task);
  },
  "async-mutex": (limit) => {
    const semaphore = new AsyncMutex(limit);
    return (task) => semaphore.runExclusive(task);
  },
  "async-sema": (limit) => {
    const semaphore = new Sema(limit);
    return async (task) => {
      await semaphore.acquire();
      try {
        await task();
      } finally {
        semaphore.release();
      }
    };
  },
  cockatiel: (limit) => {
    const policy = bulkhead(limit, Infinity);
    return (task) => policy.execute(task);
  },
  "es-toolkit": (limit) => {
    const semaphore = new EsToolkit(limit);
    return async (task) => {
      await semaphore.acquire();
      try {
        await task();
      } finally {
        semaphore.release();
      }
    };
  },
  "p-limit": (limit) => {
    const limited = pLimit(limit);
    return (task) => limited(task);
  },
  "p-queue": (limit) => {
    const queue = new PQueue({ concurrency: limit });
    return (task) => queue.add(task);
  },
  superlock: (limit) => {
    const lock = withLock(limit);
    return (task) => lock(task);
  },
};

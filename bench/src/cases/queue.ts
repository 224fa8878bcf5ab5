import { getSemaphore } from "@henrygd/semaphore";
import { Sema } from "async-sema";
import { Semaphore as EsToolkit } from "es-toolkit";
import { Semaphore } from "semaphore-guard";
import { withLock } from "superlock";
import type { Case, Subject } from "../case.js";

interface Line {
  /** Makes one more wait. */
  join(): Promise<unknown>;
  /** Lets the first in; each that got in lets the next in when it is done. */
  open(): void;
  done(entry: unknown): void;
}

function queued(make: () => Promise<Line>): Subject {
  return async (count) => {
    const line = await make();
    const entries = new Array<Promise<unknown>>(count);
    globalThis.gc?.();
    const heapBefore = process.memoryUsage().heapUsed;
    const started = process.hrtime.bigint();
    for (let i = 0; i < count; i++) entries[i] = line.join();
    const joined = process.hrtime.bigint();
    globalThis.gc?.();
    const bytes = (process.memoryUsage().heapUsed - heapBefore) / count;
    const opened = process.hrtime.bigint();
    line.open();
    for (const entry of entries) line.done(await entry);
    const drained = process.hrtime.bigint();
    const elapsed = Number(joined - started + (drained - opened));
    return { nanoseconds: elapsed / count, bytes };
  };
}

/** For those whose semaphore itself releases. */
async function counting(semaphore: {
  acquire(): Promise<unknown>;
  release(): void;
}): Promise<Line> {
  await semaphore.acquire();
  return {
    join: () => semaphore.acquire(),
    open: () => {
      semaphore.release();
    },
    done: () => {
      semaphore.release();
    },
  };
}

export const queue: Case = {
  id: "d",
  title: "1,000,000 waiters, then let in one after the other",
  operation: "waiter",
  count: 1_000_000,
  goal: { ratio: 1.5, bytes: 330 },
  floor: {
    name: "an array of promises",
    subject: queued(() => {
      const resolvers: (() => void)[] = [];
      return Promise.resolve({
        join: () => new Promise<void>((resolve) => resolvers.push(resolve)),
        open: () => {
          for (const resolve of resolvers) resolve();
        },
        done: () => {},
      });
    }),
  },
  subjects: {
    "semaphore-guard": queued(async () => {
      const semaphore = new Semaphore(1);
      const first = await semaphore.acquire();
      return {
        join: () => semaphore.acquire(),
        open: () => first.release(),
        done: (permit) => (permit as typeof first).release(),
      };
    }),
    "@henrygd/semaphore": queued(() => counting(getSemaphore(undefined, 1))),
    "async-sema": queued(() => counting(new Sema(1))),
    "es-toolkit": queued(() => counting(new EsToolkit(1))),
    superlock: queued(() => {
      const lock = withLock(1);
      let open!: () => void;
      void lock(() => new Promise<void>((resolve) => (open = resolve)));
      return Promise.resolve({
        join: () => lock(async () => {}),
        open: () => {
          open();
        },
        done: () => {},
      });
    }),
  },
};

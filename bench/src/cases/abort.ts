import { setMaxListeners } from "node:events";
import PQueue from "p-queue";
import { Semaphore } from "semaphore-guard";
import { withLock } from "superlock";
import type { Case, Subject } from "../case.js";

/** `count` waiters, every other one on the same signal, which then aborts. */
function aborting(
  make: () => (signal: AbortSignal | undefined) => Promise<unknown>,
): Subject {
  return async (count) => {
    const wait = make();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const started = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const waiter = wait(i % 2 === 0 ? controller.signal : undefined);
      waiter.catch(() => {});
    }
    controller.abort();
    await new Promise(setImmediate);
    const elapsed = Number(process.hrtime.bigint() - started);
    return { nanoseconds: elapsed / count };
  };
}

const subjects: Record<string, Subject> = {
  "semaphore-guard": aborting(() => {
    const semaphore = new Semaphore(1);
    semaphore.resize(0);
    return (signal) => semaphore.acquire({ signal });
  }),
  "p-queue": aborting(() => {
    const queue = new PQueue({ concurrency: 1 });
    void queue.add(() => new Promise(() => {}));
    return (signal) => queue.add(() => {}, signal ? { signal } : {});
  }),
  superlock: aborting(() => {
    const lock = withLock(1);
    void lock(() => new Promise(() => {}));
    return (signal) => lock(async () => {}, signal);
  }),
};

/** Per waiter, when they are a tenth. */
const ofTenth: Subject = (count) =>
  subjects["semaphore-guard"]!(Math.ceil(count / 10));

/** Waiters that can't be cancelled. */
const floor = {
  name: "waiting without a signal",
  subject: aborting(() => () => new Promise(() => {})),
};

export const abortMany: Case = {
  id: "e",
  title: "Abort 10,000 of 20,000 waiters by one signal",
  operation: "waiter",
  count: 20_000,
  goal: {},
  floor,
  subjects,
};

export const abortTenTimesAsMany: Case = {
  id: "e×10",
  title: "Abort 100,000 of 200,000 waiters by one signal",
  operation: "waiter; as much as for a tenth of them means linear",
  count: 200_000,
  goal: { ratio: 1.5 },
  floor: { name: "a tenth of the waiters", subject: ofTenth },
  subjects: { "semaphore-guard": subjects["semaphore-guard"]! },
};

import { Sema } from "async-sema";
import asyncAwait from "semaphore-async-await";
import { Semaphore } from "semaphore-guard";
import { timed, type Case } from "../case.js";

export const tryAcquire: Case = {
  id: "a′",
  title: "Try to acquire, and release",
  operation: "tryAcquire + release",
  count: 1_000_000,
  goal: { ratio: 0.2 },
  floor: {
    name: "await Promise.resolve()",
    subject: timed(async (count) => {
      for (let i = 0; i < count; i++) await Promise.resolve();
    }),
  },
  subjects: {
    "semaphore-guard": timed((count) => {
      const semaphore = new Semaphore(3);
      for (let i = 0; i < count; i++) semaphore.tryAcquire()?.release();
      return Promise.resolve();
    }),
    "async-sema": timed((count) => {
      const semaphore = new Sema(3);
      for (let i = 0; i < count; i++) {
        if (semaphore.tryAcquire()) semaphore.release();
      }
      return Promise.resolve();
    }),
    "semaphore-async-await": timed((count) => {
      const semaphore = new asyncAwait.default(3);
      for (let i = 0; i < count; i++) {
        if (semaphore.tryAcquire()) semaphore.release();
      }
      return Promise.resolve();
    }),
  },
};

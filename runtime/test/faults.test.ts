import assert from "node:assert/strict";
import {
  forEachLimit,
  KeyedSemaphore,
  mapLimit,
  mapSettled,
  mapStream,
  Mutex,
  Semaphore,
} from "semaphore-guard";
import { settle } from "./ticks.js";

type Faulty = () => unknown;

/** What a callback may do wrong, and how its call ends. */
const faults: Record<string, { fn: Faulty; ends: RegExp | "well" | "never" }> =
  {
    "throws synchronously": {
      fn: () => {
        throw new Error("thrown");
      },
      ends: /thrown/,
    },
    rejects: {
      fn: () => Promise.reject(new Error("rejected")),
      ends: /rejected/,
    },
    "returns no promise": { fn: () => 1, ends: "well" },
    "never settles": { fn: () => new Promise(() => {}), ends: "never" },
    "returns a thenable that fulfils twice": {
      fn: () => ({
        then(resolve: (value: unknown) => void) {
          resolve(1);
          resolve(2);
        },
      }),
      ends: "well",
    },
    "returns a promise whose own then fulfils twice": {
      fn: () =>
        Object.assign(Promise.resolve(), {
          then(resolve: (value: unknown) => void) {
            resolve(1);
            resolve(2);
          },
        }),
      ends: "well",
    },
    "returns a thenable that rejects twice": {
      fn: () => ({
        then(_resolve: unknown, reject: (reason: unknown) => void) {
          reject(new Error("first"));
          reject(new Error("second"));
        },
      }),
      ends: /first/,
    },
    "returns a thenable that rejects after it has fulfilled": {
      fn: () => ({
        then(
          resolve: (value: unknown) => void,
          reject: (reason: unknown) => void,
        ) {
          resolve(1);
          reject(new Error("late"));
        },
      }),
      ends: "well",
    },
    "returns a thenable that throws after it has fulfilled": {
      fn: () => ({
        then(resolve: (value: unknown) => void) {
          resolve(1);
          throw new Error("late");
        },
      }),
      ends: "well",
    },
    "returns a thenable whose then throws": {
      fn: () => ({
        then() {
          throw new Error("then");
        },
      }),
      ends: /then/,
    },
    "returns an object whose then can't be read": {
      fn: () => ({
        get then() {
          throw new Error("getter");
        },
      }),
      ends: /getter/,
    },
  };

/** Every way to run a callback under a permit. */
const ways: Record<
  string,
  (semaphore: Semaphore, fn: Faulty) => Promise<unknown>
> = {
  withPermit: (semaphore, fn) => semaphore.withPermit(fn),
  "withPermit, having waited": async (semaphore, fn) => {
    const holder = await semaphore.acquire();
    const waiting = semaphore.withPermit(fn);
    holder.release();
    return await waiting;
  },
  wrap: (semaphore, fn) => semaphore.wrap(fn)(),
  mapLimit: (semaphore, fn) => mapLimit([1], semaphore, fn),
  forEachLimit: (semaphore, fn) => forEachLimit([1], semaphore, fn),
  mapStream: (semaphore, fn) => mapStream([1], semaphore, fn).next(),
};

for (const [fault, { fn, ends }] of Object.entries(faults)) {
  describe(`A callback that ${fault}`, () => {
    for (const [way, run] of Object.entries(ways)) {
      it(`${ends === "never" ? "keeps" : "gives back"} its permit in ${way}, once`, async () => {
        const semaphore = new Semaphore(1);
        const result = run(semaphore, fn);
        if (ends === "never") {
          await settle();
          assert.equal(semaphore.inUse, 1);
          return;
        }
        if (ends === "well") await result;
        else await assert.rejects(result, ends);
        await settle();
        assert.deepEqual([semaphore.inUse, semaphore.available], [0, 1]);
        assert.equal(await semaphore.withPermit(() => "next"), "next");
      });
    }

    if (ends === "never") return;
    it("harms neither a mutex, nor a key, nor the other outcomes", async () => {
      const mutex = new Mutex();
      const keyed = new KeyedSemaphore<string>(1);
      await mutex.runExclusive(fn).catch(() => {});
      await keyed.withPermit("key", fn).catch(() => {});
      const outcomes = await mapSettled([fn, () => 1], 1, (one) => one());
      await settle();
      assert.equal(mutex.locked, false);
      assert.equal(keyed.size, 0);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        [ends === "well" ? "fulfilled" : "rejected", "fulfilled"],
      );
    });
  });
}

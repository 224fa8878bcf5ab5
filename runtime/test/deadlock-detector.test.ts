import assert from "node:assert/strict";
import { Mutex, Semaphore } from "semaphore-guard";
import {
  DeadlockError,
  detectDeadlocks,
} from "semaphore-guard/deadlock-detector";
import { defer, settle } from "./ticks.js";

describe("detectDeadlocks", () => {
  it("rejects who waits for itself, and shows where it holds the permit", async () => {
    const mutex = new Mutex();
    detectDeadlocks(mutex);
    async function outermost() {
      await mutex.runExclusive(async () => {
        await settle();
        await mutex.runExclusive(() => assert.fail("got in"));
      });
    }
    await assert.rejects(outermost(), (error) => {
      assert.ok(error instanceof DeadlockError);
      assert.equal(error.code, "ERR_DEADLOCK");
      assert.equal(error.holders.length, 1);
      assert.match(error.holders[0]!, /outermost/);
      assert.match(error.message, /Acquire once.*outermost/s);
      return true;
    });
    assert.deepEqual([mutex.inUse, mutex.pending], [0, 0]);
  });

  it("sees acquire as well as withPermit and wrap as what waits", async () => {
    const mutex = new Mutex();
    detectDeadlocks(mutex);
    const nested: (() => Promise<unknown>)[] = [
      () => mutex.acquire(),
      () => mutex.withPermit(() => {}),
      mutex.wrap(() => {}),
    ];
    for (const wait of nested) {
      await assert.rejects(mutex.withPermit(wait), DeadlockError);
    }
    await assert.rejects(mutex.wrap(nested[0]!)(), DeadlockError);
  });

  it("lets the others go on once the one that closes the ring is rejected", async () => {
    const semaphore = new Semaphore(2);
    detectDeadlocks(semaphore);
    const both = defer();
    const nest = () =>
      semaphore.withPermit(async () => {
        await both.promise;
        return semaphore.withPermit(() => "inner");
      });
    const outcomes = Promise.allSettled([nest(), nest()]);
    both.resolve();
    const [first, second] = await outcomes;
    assert.deepEqual(first, { status: "fulfilled", value: "inner" });
    assert.equal(second.status, "rejected");
    assert.ok(second.reason instanceof DeadlockError);
    assert.equal(second.reason.holders.length, 2);
    assert.equal(semaphore.inUse, 0);
  });

  it("sees through runs nested in runs", async () => {
    const semaphore = new Semaphore(2);
    detectDeadlocks(semaphore);
    const deep = semaphore.withPermit(() =>
      semaphore.withPermit(() => semaphore.acquire()),
    );
    await assert.rejects(deep, (error) => {
      assert.ok(error instanceof DeadlockError);
      assert.equal(error.holders.length, 2);
      return true;
    });
  });

  it("says nothing while somebody else may still release", async () => {
    const semaphore = new Semaphore(2);
    detectDeadlocks(semaphore);
    const other = await semaphore.acquire();
    const nested = semaphore.withPermit(() => semaphore.withPermit(() => "in"));
    await settle();
    other.release();
    assert.equal(await nested, "in");
  });

  it("says nothing of what is free, released before, bounded, or not nested", async () => {
    const semaphore = new Semaphore(1);
    detectDeadlocks(semaphore);
    const inner = await semaphore.withPermit(async (permit) => {
      permit.release();
      return semaphore.withPermit(() => "released");
    });
    assert.equal(inner, "released");
    const bounded = semaphore.withPermit(() =>
      semaphore.acquire({ timeout: 1 }),
    );
    await assert.rejects(bounded, { code: "ERR_ACQUIRE_TIMEOUT" });
    const signal = AbortSignal.timeout(1);
    const abortable = semaphore.withPermit(() => semaphore.acquire({ signal }));
    await assert.rejects(abortable, { name: "TimeoutError" });
    const side = [1, 2, 3].map((n) => semaphore.withPermit(() => n));
    assert.deepEqual(await Promise.all(side), [1, 2, 3]);
    await assert.rejects(semaphore.withPermit(undefined as never), TypeError);
    assert.equal(semaphore.inUse, 0);
  });
});

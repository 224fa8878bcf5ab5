import assert from "node:assert/strict";
import { mock } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  detectLeaks,
  Semaphore,
  type Leak,
  type LeakDetectorOptions,
} from "semaphore-guard";
import { settle } from "./ticks.js";

setFlagsFromString("--expose-gc");
// Bun has it as a global, and only there.
const collectGarbage = globalThis.gc ?? (runInNewContext("gc") as () => void);

describe("detectLeaks", () => {
  function detecting(limit: number, options: LeakDetectorOptions = {}) {
    const leaks: Leak[] = [];
    const semaphore = new Semaphore(limit);
    const onLeak = (leak: Leak) => leaks.push(leak);
    detectLeaks(semaphore, { onLeak, ...options });
    return { semaphore, leaks };
  }

  it("reports a permit that nobody can release, and where it was acquired", async () => {
    const { semaphore, leaks } = detecting(3);
    async function careless() {
      await semaphore.acquire({ weight: 2 });
    }
    await careless();
    await until(() => leaks.length > 0);
    assert.equal(leaks.length, 1);
    assert.equal(leaks[0]!.semaphore, semaphore);
    assert.equal(leaks[0]!.weight, 2);
    assert.match(leaks[0]!.stack, /careless/);
    assert.equal(semaphore.inUse, 2);
  });

  it("gives it back on request, to the first in line", async () => {
    const { semaphore, leaks } = detecting(1, { reclaim: true });
    await (async () => {
      await semaphore.acquire();
    })();
    const waiter = semaphore.acquire();
    await until(() => semaphore.pending === 0);
    assert.equal((await waiter).release(), true);
    assert.equal(leaks.length, 1);
    assert.equal(semaphore.inUse, 0);
  });

  it("sees every way to a permit", async () => {
    const { semaphore, leaks } = detecting(9, { reclaim: true });
    (() => {
      semaphore.tryAcquire();
      semaphore.acquireNow();
      void semaphore.acquire();
      void semaphore.withPermit(() => new Promise(() => {}));
      semaphore.acquireNow({ weight: 3 }).split(1);
    })();
    await until(() => leaks.length === 6);
    assert.deepEqual(
      leaks.map(({ weight }) => weight).sort(),
      [1, 1, 1, 1, 1, 2],
    );
    assert.equal(semaphore.inUse, 0);
  });

  it("says nothing of permits released, forgotten or still held", async () => {
    const { semaphore, leaks } = detecting(9, { reclaim: true });
    const held = await semaphore.acquire();
    await (async () => {
      using permit = await semaphore.acquire({ weight: 2 });
      using _part = permit.split(1);
      semaphore.acquireNow().forget();
      await semaphore.withPermit(() => {});
      await assert.rejects(semaphore.withPermit(undefined as never), TypeError);
    })();
    for (let i = 0; i < 5; i++) {
      collectGarbage();
      await settle();
    }
    assert.deepEqual(leaks, []);
    assert.equal(semaphore.inUse, 1);
    assert.equal(held.release(), true);
  });

  it("writes to the console unless told otherwise", async () => {
    const warn = mock.method(console, "warn", () => {});
    try {
      const semaphore = new Semaphore(1);
      detectLeaks(semaphore);
      (() => semaphore.tryAcquire() === undefined)();
      await until(() => warn.mock.callCount() > 0);
      assert.match(
        String(warn.mock.calls[0]!.arguments[0]),
        /A permit of weight 1 has leaked\. .*leak-detector\.test/s,
      );
    } finally {
      warn.mock.restore();
    }
  });
});

/** Collects garbage until `condition` holds; the test's time limit is the end. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    collectGarbage();
    await settle();
  }
}

import assert from "node:assert/strict";
import {
  InvalidWeightError,
  QueueFullError,
  Semaphore,
  SemaphoreClosedError,
  type AcquireOptions,
} from "semaphore-guard";
import { settle } from "./ticks.js";

describe("A weight", () => {
  it("takes up that much of the limit", async () => {
    const semaphore = new Semaphore(5);
    const permit = await semaphore.acquire({ weight: 3 });
    assert.equal(permit.weight, 3);
    assert.deepEqual([semaphore.available, semaphore.inUse], [2, 3]);
    assert.equal(semaphore.tryAcquire({ weight: 3 }), undefined);
    permit.release();
    assert.equal(semaphore.inUse, 0);
  });

  it("is not overtaken by a lighter one behind it", async () => {
    const semaphore = new Semaphore(3);
    const holder = await semaphore.acquire();
    const order = record(semaphore, [
      ["heavy", { weight: 3 }],
      ["light", {}],
    ]);
    await settle();
    assert.deepEqual(order, []);
    assert.equal(semaphore.tryAcquire(), undefined);
    holder.release();
    await settle();
    assert.deepEqual(order, ["heavy", "light"]);
  });

  it("that leaves the head of the line lets those behind move up", async () => {
    const semaphore = new Semaphore(3);
    await semaphore.acquire();
    const controller = new AbortController();
    const heavy = semaphore.acquire({ weight: 3, signal: controller.signal });
    const light = semaphore.acquire();
    controller.abort("gone");
    assert.equal(semaphore.pending, 0);
    await light;
    await assert.rejects(heavy);
  });

  for (const weight of [0, -1, 1.5, NaN, Infinity, "2", 4]) {
    it(`of ${JSON.stringify(weight)} is refused at a limit of 3`, async () => {
      const semaphore = new Semaphore(3);
      const options = { weight: weight as number };
      const expected = (error: unknown) => {
        assert.ok(error instanceof InvalidWeightError);
        assert.equal(error.code, "ERR_INVALID_WEIGHT");
        assert.match(error.message, /no greater than the limit, 3, but it is/);
        return true;
      };
      await assert.rejects(semaphore.acquire(options), expected);
      await assert.rejects(
        semaphore.withPermit(() => {}, options),
        expected,
      );
      assert.throws(() => semaphore.tryAcquire(options), expected);
      assert.equal(semaphore.inUse, 0);
    });
  }

  it("above a limit that has shrunk is refused when its turn comes, and holds nobody up", async () => {
    const semaphore = new Semaphore(3);
    const holder = await semaphore.acquire({ weight: 3 });
    const heavy = semaphore.acquire({ weight: 3 });
    const light = semaphore.acquire({ weight: 2 });
    semaphore.resize(2);
    assert.equal(semaphore.pending, 2);
    holder.release();
    await assert.rejects(heavy, InvalidWeightError);
    assert.equal((await light).weight, 2);
  });

  it("may wait while the semaphore is paused", async () => {
    const semaphore = new Semaphore(3);
    semaphore.resize(0);
    const heavy = semaphore.acquire({ weight: 3 });
    semaphore.resize(3);
    assert.equal((await heavy).weight, 3);
  });
});

describe("A priority", () => {
  it("comes before all lower ones, in order of arrival within itself", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const order = record(semaphore, [
      ["normal 1", {}],
      ["low", { priority: -1 }],
      ["high 1", { priority: 1.5 }],
      ["normal 2", { priority: 0 }],
      ["highest", { priority: Infinity }],
      ["high 2", { priority: 1.5 }],
    ]);
    holder.release();
    await settle();
    assert.deepEqual(order, [
      "highest",
      "high 1",
      "high 2",
      "normal 1",
      "normal 2",
      "low",
    ]);
  });

  it("gets at once what the head of the line can't use", async () => {
    const semaphore = new Semaphore(3);
    await semaphore.acquire();
    void semaphore.acquire({ weight: 3 });
    const quick = semaphore.acquire({ priority: 1 });
    assert.equal(semaphore.pending, 1);
    await quick;
  });

  it("that is no number is refused", async () => {
    const semaphore = new Semaphore(1);
    for (const priority of [NaN, "high" as never]) {
      await assert.rejects(semaphore.acquire({ priority }), {
        code: "ERR_INVALID_ARGUMENT",
        argument: "priority",
      });
    }
    await assert.rejects(semaphore.acquire({ timeout: -1 }), {
      message: "`timeout` must be a number no less than 0, but it is -1.",
    });
  });
});

describe("maxPending", () => {
  it("refuses who would wait as one too many", async () => {
    const semaphore = new Semaphore(1, { maxPending: 1 });
    const holder = await semaphore.acquire();
    const waiter = semaphore.acquire();
    await assert.rejects(semaphore.acquire(), (error) => {
      assert.ok(error instanceof QueueFullError);
      assert.equal(error.code, "ERR_QUEUE_FULL");
      assert.equal(error.maxPending, 1);
      assert.match(error.message, /1 of 1 in use, 1 waiting/);
      return true;
    });
    holder.release();
    (await waiter).release();
  });

  it("of 0 lets nobody wait, and all in for whom there is a permit", async () => {
    const semaphore = new Semaphore(1, { maxPending: 0 });
    await semaphore.acquire();
    await assert.rejects(
      semaphore.withPermit(() => {}),
      QueueFullError,
    );
  });

  it("that is none is refused by its name", () => {
    assert.throws(() => new Semaphore(1, { maxPending: -1 }), {
      code: "ERR_INVALID_LIMIT",
      message: /`maxPending` must be 0, a positive integer or Infinity/,
    });
  });
});

describe("yieldEvery", () => {
  it("lets timers run between tasks that finish at once", async () => {
    const semaphore = new Semaphore(10, { yieldEvery: 100 });
    let finished = 0;
    let finishedBefore = 0;
    setTimeout(() => (finishedBefore = finished));
    const tasks = Array.from({ length: 1000 }, () =>
      semaphore.withPermit(() => finished++),
    );
    await Promise.all(tasks);
    assert.ok(finishedBefore >= 10 && finishedBefore <= 10 + 100);
    assert.equal(semaphore.inUse, 0);
  });

  it("keeps the order, and nobody overtakes in the meantime", async () => {
    const semaphore = new Semaphore(1, { yieldEvery: 1 });
    const order = record(semaphore, [
      ["a", {}],
      ["b", {}],
      ["c", {}],
    ]);
    await semaphore.withPermit(() => {
      assert.deepEqual(order, ["a", "b", "c"]);
    });
  });

  it("that is none is refused by its name", () => {
    assert.throws(() => new Semaphore(1, { yieldEvery: 0 }), /`yieldEvery`/);
  });
});

describe("close", () => {
  it("rejects who waits and who comes, with the reason as cause", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const waiter = semaphore.acquire();
    semaphore.close("shutdown");
    semaphore.close("again");
    assert.equal(semaphore.closed, true);
    const expected = (error: unknown) => {
      assert.ok(error instanceof SemaphoreClosedError);
      assert.equal(error.code, "ERR_SEMAPHORE_CLOSED");
      assert.equal(error.cause, "shutdown");
      return true;
    };
    await assert.rejects(waiter, expected);
    await assert.rejects(semaphore.acquire(), expected);
    await assert.rejects(
      semaphore.withPermit(() => {}),
      expected,
    );
    assert.equal(semaphore.tryAcquire(), undefined);
    assert.equal(holder.release(), true);
    assert.equal(semaphore.inUse, 0);
    await assert.rejects(semaphore.acquire(), expected);
  });

  it("leaves nothing unhandled when the waiters are handled", async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const semaphore = new Semaphore(1);
    await semaphore.acquire();
    const waiters = Array.from({ length: 100 }, () => semaphore.acquire());
    const outcomes = Promise.allSettled(waiters);
    semaphore.close();
    await outcomes;
    await settle();
    process.off("unhandledRejection", listener);
    assert.deepEqual(unhandled, []);
  });
});

describe("onIdle", () => {
  it("resolves at once when nobody is inside or waits", async () => {
    await new Semaphore(1).onIdle();
  });

  it("waits for the last permit and the last waiter", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const waiter = semaphore.acquire();
    let idle = false;
    void semaphore.onIdle().then(() => (idle = true));
    holder.release();
    await settle();
    assert.equal(idle, false);
    (await waiter).release();
    await settle();
    assert.equal(idle, true);
  });

  it("resolves when close sends the last waiter away", async () => {
    const semaphore = new Semaphore(1);
    semaphore.resize(0);
    semaphore.acquire().catch(() => {});
    const idle = semaphore.onIdle();
    semaphore.close();
    await idle;
  });

  it("after close waits for those inside only", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    semaphore.acquire().catch(() => {});
    const idle = semaphore.onIdle();
    semaphore.close();
    holder.release();
    await idle;
  });
});

/** The names of those who got a permit, as they get and release it. */
function record(
  semaphore: Semaphore,
  callers: [name: string, options: AcquireOptions][],
): string[] {
  const order: string[] = [];
  for (const [name, options] of callers) {
    void semaphore.withPermit(() => order.push(name), options);
  }
  return order;
}

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import {
  NoPermitError,
  Semaphore,
  SemaphoreClosedError,
  type Permit,
} from "semaphore-guard";
import { defer, settle } from "./ticks.js";

describe("Semaphore", () => {
  it("counts what is free, out and waited for", async () => {
    const semaphore = new Semaphore(2);
    assert.deepEqual(counts(semaphore), [2, 2, 0, 0]);
    const first = await semaphore.acquire();
    await semaphore.acquire();
    const third = semaphore.acquire();
    assert.deepEqual(counts(semaphore), [2, 0, 2, 1]);
    first.release();
    assert.deepEqual(counts(semaphore), [2, 0, 2, 0]);
    (await third).release();
    assert.deepEqual(counts(semaphore), [2, 1, 1, 0]);
  });

  it("has no end of permits when the limit is Infinity", async () => {
    const semaphore = new Semaphore(Infinity);
    for (let i = 0; i < 100; i++) await semaphore.acquire();
    assert.equal(semaphore.available, Infinity);
    assert.equal(semaphore.inUse, 100);
  });

  describe("acquire", () => {
    it("takes a free permit before it returns", () => {
      const semaphore = new Semaphore(1);
      void semaphore.acquire();
      assert.equal(semaphore.inUse, 1);
    });

    it("hands a released permit to the first waiter before release returns", async () => {
      const semaphore = new Semaphore(1);
      const holder = await semaphore.acquire();
      const waiter = semaphore.acquire();
      holder.release();
      assert.equal(semaphore.available, 0);
      assert.equal(semaphore.tryAcquire(), undefined);
      (await waiter).release();
      assert.equal(semaphore.available, 1);
    });

    it("works with using, and releases when the block throws", async () => {
      const semaphore = new Semaphore(1);
      await assert.rejects(async () => {
        using _permit = await semaphore.acquire();
        assert.equal(semaphore.inUse, 1);
        throw new Error("inside");
      }, /inside/);
      assert.equal(semaphore.inUse, 0);
    });
  });

  describe("tryAcquire", () => {
    it("returns undefined rather than wait", async () => {
      const semaphore = new Semaphore(1);
      using permit = semaphore.tryAcquire();
      assert.ok(permit);
      assert.equal(semaphore.tryAcquire(), undefined);
    });

    it("does not overtake a waiter, paused or not", async () => {
      const semaphore = new Semaphore(1);
      semaphore.resize(0);
      const waiter = semaphore.acquire();
      assert.equal(semaphore.tryAcquire(), undefined);
      semaphore.resize(1);
      assert.equal(semaphore.tryAcquire(), undefined);
      (await waiter).release();
    });
  });

  describe("acquireNow", () => {
    it("throws where tryAcquire returns nothing", async () => {
      const semaphore = new Semaphore(1);
      {
        using _permit = semaphore.acquireNow();
        assert.throws(
          () => semaphore.acquireNow(),
          (error) => {
            assert.ok(error instanceof NoPermitError);
            assert.equal(error.code, "ERR_NO_PERMIT");
            assert.match(error.message, /1 of 1 in use, 0 waiting/);
            return true;
          },
        );
      }
      assert.equal(semaphore.inUse, 0);
      semaphore.close();
      assert.throws(() => semaphore.acquireNow(), SemaphoreClosedError);
    });
  });

  describe("withPermit", () => {
    it("calls fn before it returns when a permit is free", () => {
      const semaphore = new Semaphore(1);
      let called = false;
      void semaphore.withPermit(() => (called = true));
      assert.ok(called);
    });

    it("returns what fn returns, awaited", async () => {
      const semaphore = new Semaphore(1);
      assert.equal(await semaphore.withPermit(() => 1), 1);
      assert.equal(await semaphore.withPermit(async () => 2), 2);
      const held = await semaphore.acquire();
      const queued = semaphore.withPermit(async () => 3);
      held.release();
      assert.equal(await queued, 3);
    });

    it("keeps the permit until fn has settled", async () => {
      const semaphore = new Semaphore(1);
      const work = defer();
      const running = semaphore.withPermit(() => work.promise);
      await settle();
      assert.equal(semaphore.inUse, 1);
      work.resolve();
      await running;
      assert.equal(semaphore.inUse, 0);
    });

    for (const queued of [false, true]) {
      const when = queued ? "after waiting" : "at once";

      it(`releases and rejects when fn throws synchronously, called ${when}`, async () => {
        const semaphore = new Semaphore(1);
        const held = queued ? await semaphore.acquire() : undefined;
        const result = semaphore.withPermit(() => {
          throw new Error("sync");
        });
        held?.release();
        await assert.rejects(result, /sync/);
        assert.equal(semaphore.inUse, 0);
      });

      it(`releases and rejects when fn rejects, called ${when}`, async () => {
        const semaphore = new Semaphore(1);
        const held = queued ? await semaphore.acquire() : undefined;
        const result = semaphore.withPermit(() =>
          Promise.reject(new Error("async")),
        );
        held?.release();
        await assert.rejects(result, /async/);
        assert.equal(semaphore.inUse, 0);
      });

      it(`passes the permit, called ${when}, and bears its early release`, async () => {
        const semaphore = new Semaphore(1);
        const held = queued ? await semaphore.acquire() : undefined;
        const seen: (Permit | undefined)[] = [];
        const result = semaphore.withPermit((...args) => {
          seen.push(...args);
          assert.equal(args[0].release(), true);
          assert.equal(semaphore.inUse, 0);
        });
        held?.release();
        await result;
        assert.equal(seen.length, 1);
        assert.equal(semaphore.inUse, 0);
      });

      it(`releases once when fn returns a thenable that calls back twice, called ${when}`, async () => {
        const semaphore = new Semaphore(2);
        await semaphore.acquire();
        const held = queued ? await semaphore.acquire() : undefined;
        const result = semaphore.withPermit(() => ({
          then(resolve: (value: string) => void, reject: (e: Error) => void) {
            resolve("first");
            reject(new Error("late"));
            resolve("second");
          },
        }));
        held?.release();
        assert.equal(await result, "first");
        assert.equal(semaphore.inUse, 1);
      });
    }

    it("runs fn in the caller's async context, not the releaser's", async () => {
      const semaphore = new Semaphore(1);
      const context = new AsyncLocalStorage<string>();
      const held = await semaphore.acquire();
      const seen = context.run("caller", () =>
        semaphore.withPermit(() => context.getStore()),
      );
      context.run("releaser", () => held.release());
      assert.equal(await seen, "caller");
    });
  });

  describe("wrap", () => {
    it("passes this, arguments and result", async () => {
      const counter = {
        base: 10,
        add: new Semaphore(1).wrap(async function (
          this: { base: number },
          a: number,
          b: number,
        ) {
          return this.base + a + b;
        }),
      };
      assert.equal(await counter.add(1, 2), 13);
    });

    it("limits all calls together", async () => {
      const semaphore = new Semaphore(2);
      let inside = 0;
      let most = 0;
      const work = semaphore.wrap(async () => {
        most = Math.max(most, ++inside);
        await settle();
        inside--;
      });
      await Promise.all(Array.from({ length: 10 }, () => work()));
      assert.equal(most, 2);
    });

    it("rejects when the function throws", async () => {
      const semaphore = new Semaphore(1);
      const broken = semaphore.wrap(() => {
        throw new Error("broken");
      });
      await assert.rejects(broken(), /broken/);
      assert.equal(semaphore.inUse, 0);
    });
  });

  describe("resize", () => {
    it("admits waiters at once, in order, when it grows", async () => {
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      const order: number[] = [];
      for (const i of [1, 2, 3])
        void semaphore.acquire().then(() => order.push(i));
      semaphore.resize(3);
      assert.deepEqual([semaphore.inUse, semaphore.pending], [3, 1]);
      await settle();
      assert.deepEqual(order, [1, 2]);
    });

    it("revokes nothing when it shrinks, and admits nobody until enough came back", async () => {
      const semaphore = new Semaphore(3);
      const permits = await Promise.all(
        [1, 2, 3].map(() => semaphore.acquire()),
      );
      void semaphore.acquire();
      semaphore.resize(1);
      assert.deepEqual(counts(semaphore), [1, 0, 3, 1]);
      permits[0]!.release();
      permits[1]!.release();
      assert.deepEqual(counts(semaphore), [1, 0, 1, 1]);
      permits[2]!.release();
      assert.deepEqual(counts(semaphore), [1, 0, 1, 0]);
    });

    it("pauses at 0 and goes on afterwards", async () => {
      const semaphore = new Semaphore(2);
      semaphore.resize(0);
      const waiter = semaphore.acquire();
      await settle();
      assert.deepEqual(counts(semaphore), [0, 0, 0, 1]);
      semaphore.resize(1);
      assert.equal((await waiter).release(), true);
    });
  });
});

describe("Permit", () => {
  it("releases once and says so", async () => {
    const semaphore = new Semaphore(2);
    const permit = await semaphore.acquire();
    await semaphore.acquire();
    assert.equal(permit.released, false);
    assert.equal(permit.release(), true);
    assert.equal(permit.released, true);
    assert.equal(permit.release(), false);
    permit[Symbol.dispose]();
    assert.equal(semaphore.inUse, 1);
  });

  it("forgotten takes its weight out of the limit", async () => {
    const semaphore = new Semaphore(3);
    const permit = await semaphore.acquire({ weight: 2 });
    assert.equal(permit.forget(), true);
    assert.equal(permit.released, true);
    assert.equal(permit.forget(), false);
    assert.deepEqual(counts(semaphore), [1, 1, 0, 0]);
  });

  it("splits into parts that are released apart", async () => {
    const semaphore = new Semaphore(3);
    const whole = await semaphore.acquire({ weight: 3 });
    const part = whole.split(2);
    assert.deepEqual([whole.weight, part.weight], [1, 2]);
    part.release();
    assert.equal(semaphore.inUse, 1);
    for (const weight of [0, 1, 1.5, NaN]) {
      assert.throws(() => whole.split(weight), {
        code: "ERR_INVALID_WEIGHT",
        message: /less than the permit's own, 1, but it is/,
      });
    }
    whole.release();
    assert.equal(semaphore.inUse, 0);
  });

  it("is no thenable, so a promise of it fulfils with it", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.acquireNow();
    assert.equal(await Promise.resolve(permit), permit);
    assert.deepEqual(Object.keys(permit), []);
  });

  it("does not release another's permit when released again after reuse", async () => {
    const semaphore = new Semaphore(1);
    const stale = await semaphore.acquire();
    stale.release();
    await semaphore.acquire();
    stale.release();
    assert.equal(semaphore.inUse, 1);
  });
});

function counts(semaphore: Semaphore): number[] {
  const { limit, available, inUse, pending } = semaphore;
  return [limit, available, inUse, pending];
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { KeyedSemaphore } from "semaphore-guard";
import { settle, ticks } from "./ticks.js";

describe("KeyedSemaphore", () => {
  it("limits each key apart", async () => {
    const locks = new KeyedSemaphore<string>(1);
    const a = await locks.acquire("a");
    const b = await locks.acquire("b");
    assert.equal(locks.tryAcquire("a"), undefined);
    const next = locks.acquire("a");
    assert.deepEqual([locks.inUse("a"), locks.pending("a")], [1, 1]);
    assert.deepEqual([locks.inUse("c"), locks.pending("c")], [0, 0]);
    a.release();
    (await next).release();
    b.release();
  });

  it("remembers no key once it is idle, and all that are not", async () => {
    const locks = new KeyedSemaphore<number>(2);
    const held = await locks.acquire(0);
    for (let key = 1; key <= 100; key++) void locks.withPermit(key, () => {});
    await assert.rejects(locks.acquire(101, { weight: 3 }));
    await settle();
    assert.equal(locks.size, 1);
    held.release();
    await settle();
    assert.equal(locks.size, 0);
  });

  it("refuses a limit or options that are none, at once", () => {
    assert.throws(() => new KeyedSemaphore(0), { code: "ERR_INVALID_LIMIT" });
    const options = { maxPending: -1 };
    assert.throws(() => new KeyedSemaphore(1, options), /`maxPending`/);
  });

  it("never lets more than the limit inside a key, however they come and go", async () => {
    const visit = fc.record({
      key: fc.nat(2),
      startsAt: fc.nat(12),
      lasts: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 }),
        fc.array(visit, { maxLength: 20 }),
        async (limit, visits) => {
          const locks = new KeyedSemaphore<number>(limit);
          const inside = [0, 0, 0];
          const runs = visits.map(async ({ key, startsAt, lasts }) => {
            await ticks(startsAt);
            await locks.withPermit(key, async () => {
              assert.ok(++inside[key]! <= limit);
              await ticks(lasts);
              inside[key]!--;
            });
          });
          await Promise.all(runs);
          await settle();
          assert.equal(locks.size, 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

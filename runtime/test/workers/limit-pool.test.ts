import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { Semaphore } from "semaphore-guard";
import { limitPool, type TaskPool } from "semaphore-guard/workers";
import { Tinypool } from "tinypool";
import type * as worker from "./busy.js";

const file = new URL("busy.js", import.meta.url);
const threads = { minThreads: 1, maxThreads: 3 };

const pools = [
  ["piscina", () => new Piscina({ filename: fileURLToPath(file), ...threads })],
  ["tinypool", () => new Tinypool({ filename: file.href, ...threads })],
] as const;

for (const [library, make] of pools) {
  describe(`limitPool with ${library}`, () => {
    let pool: TaskPool & { destroy(): Promise<void> };

    beforeEach(() => {
      pool = make() as typeof pool;
    });
    afterEach(() => pool.destroy());

    const counters = () => new Int32Array(new SharedArrayBuffer(12));

    it("runs a function in the workers, never more at once than the limit", async () => {
      const semaphore = new Semaphore(2);
      const busy = limitPool<typeof worker.default>(pool, semaphore);
      const counts = counters();
      const tasks = Array.from({ length: 12 }, () =>
        busy({ counts, turns: 1e6 }),
      );
      assert.deepEqual([semaphore.inUse, semaphore.pending], [2, 10]);
      const results = await Promise.all(tasks);
      assert.equal(new Set(results).size, 1);
      assert.ok(counts[1]! <= 2);
      assert.deepEqual([counts[2], semaphore.inUse], [12, 0]);
    });

    it("rejects with what the function throws, and releases", async () => {
      const semaphore = new Semaphore(1);
      const fail = limitPool<typeof worker.fail>(pool, semaphore, {
        name: "fail",
      });
      await assert.rejects(fail("no"), { name: "RangeError", message: "no" });
      assert.equal(semaphore.inUse, 0);
    });

    it("aborts a function that would never end, with the signal's reason", async () => {
      const semaphore = new Semaphore(1);
      const busy = limitPool<typeof worker.default>(pool, semaphore);
      const counts = counters();
      const controller = new AbortController();
      const { signal } = controller;
      const endless = busy({ counts, turns: Infinity }, { signal });
      const waiting = busy({ counts, turns: 1 }, { signal });
      while (Atomics.load(counts, 2) === 0) {
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      controller.abort("enough");
      for (const task of [endless, waiting]) {
        await assert.rejects(task, (reason) => reason === "enough");
      }
      assert.equal(semaphore.inUse, 0);
      assert.equal(await busy({ counts, turns: 1 }), 0);
    });

    it("waits as the semaphore lets it, and never starts what waited too long", async () => {
      const semaphore = new Semaphore(1);
      const busy = limitPool<typeof worker.default>(pool, semaphore);
      using held = await semaphore.acquire();
      const counts = counters();
      await assert.rejects(busy({ counts, turns: 1 }, { timeout: 1 }), {
        code: "ERR_ACQUIRE_TIMEOUT",
      });
      assert.equal(counts[2], 0);
      assert.equal(held.released, false);
    });

    it("moves what is to be transferred", async () => {
      const sizeOf = limitPool<typeof worker.sizeOf>(pool, new Semaphore(1), {
        filename: library === "piscina" ? fileURLToPath(file) : file.href,
        name: "sizeOf",
      });
      const bytes = new Uint8Array(1024);
      const transferList = [bytes.buffer];
      assert.equal(await sizeOf(bytes, { transferList }), 1024);
      assert.equal(bytes.byteLength, 0);
    });
  });
}

describe("limitPool", () => {
  it("refuses what is no pool", () => {
    assert.throws(() => limitPool({} as TaskPool, new Semaphore(1)), {
      code: "ERR_INVALID_ARGUMENT",
    });
  });
});

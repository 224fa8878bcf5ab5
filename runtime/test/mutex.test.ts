import assert from "node:assert/strict";
import { Mutex } from "semaphore-guard";
import { settle } from "./ticks.js";

describe("Mutex", () => {
  it("lets one in at a time, in order", async () => {
    const mutex = new Mutex();
    const events: string[] = [];
    const section = (name: string) =>
      mutex.runExclusive(async () => {
        events.push(`${name} in`);
        await settle();
        events.push(`${name} out`);
        return name;
      });
    assert.deepEqual(await Promise.all(["a", "b"].map(section)), ["a", "b"]);
    assert.deepEqual(events, ["a in", "a out", "b in", "b out"]);
  });

  it("says whether it is locked", async () => {
    const mutex = new Mutex();
    assert.equal(mutex.locked, false);
    {
      using _lock = await mutex.acquire();
      assert.equal(mutex.locked, true);
    }
    assert.equal(mutex.locked, false);
  });

  it("pauses and goes on, but never lets two in", async () => {
    const mutex = new Mutex({ maxPending: 1 });
    mutex.resize(0);
    const lock = mutex.acquire();
    await assert.rejects(mutex.acquire(), { code: "ERR_QUEUE_FULL" });
    mutex.resize(1);
    assert.equal((await lock).release(), true);
    assert.throws(() => mutex.resize(2 as 1), { code: "ERR_INVALID_LIMIT" });
    assert.equal(mutex.limit, 1);
  });
});

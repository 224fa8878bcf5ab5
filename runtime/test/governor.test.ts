import assert from "node:assert/strict";
import {
  forEachLimit,
  mapLimit,
  mapSettled,
  Mutex,
  Semaphore,
  wrapIterator,
  type Governor,
} from "semaphore-guard";
import { defer, settle } from "./ticks.js";

/** Another backing: a token as the TC39 proposal has it, and no options. */
class Backing implements Governor {
  out = 0;
  most = 0;
  readonly #semaphore = new Semaphore(2);

  async acquire() {
    const permit = await this.#semaphore.acquire();
    this.most = Math.max(this.most, ++this.out);
    const release = () => {
      if (permit.release()) this.out--;
    };
    return { release, [Symbol.dispose]: release };
  }
}

describe("A governor", () => {
  it("is what a Semaphore and a Mutex are", () => {
    const governors: Governor[] = [new Semaphore(2), new Mutex()];
    assert.deepEqual(
      governors.map(({ limit }) => limit),
      [2, 1],
    );
  });

  it("limits every map, whatever stands behind it", async () => {
    const backing = new Backing();
    const double = async (item: number) => {
      await settle();
      return item * 2;
    };
    assert.deepEqual(await mapLimit([1, 2, 3], backing, double), [2, 4, 6]);
    await forEachLimit([1, 2, 3], backing, double);
    await mapSettled([1, 2, 3], backing, double);
    assert.deepEqual([backing.most, backing.out], [2, 0]);
  });
});

describe("wrapIterator", () => {
  it("yields what the iterator does, each under a token", async () => {
    const semaphore = new Semaphore(1);
    async function* items() {
      for (const item of ["a", "b"]) {
        assert.equal(semaphore.inUse, 1);
        yield item;
      }
    }
    const seen: string[] = [];
    for await (const item of wrapIterator(semaphore, items())) {
      assert.equal(semaphore.inUse, 0);
      seen.push(item);
    }
    assert.deepEqual(seen, ["a", "b"]);
  });

  it("never fetches more at a time than the governor lets it", async () => {
    const semaphore = new Semaphore(2);
    const gate = defer();
    let asked = 0;
    const iterator: AsyncIterator<number> = {
      async next() {
        asked++;
        await gate.promise;
        return { value: asked, done: false };
      },
    };
    const wrapped = wrapIterator(semaphore, iterator);
    const reads = [wrapped.next(), wrapped.next(), wrapped.next()];
    await settle();
    assert.equal(asked, 2);
    gate.resolve();
    await Promise.all(reads);
    assert.equal(asked, 3);
  });

  it("gives the token back when the iterator throws, and closes it without one", async () => {
    const semaphore = new Semaphore(1);
    let closed = 0;
    const iterator: Iterator<number> = {
      next: () => {
        throw new Error("broken");
      },
      return: () => {
        closed++;
        return { done: true, value: undefined };
      },
    };
    const wrapped = wrapIterator(semaphore, iterator);
    await assert.rejects(wrapped.next(), /broken/);
    assert.equal(semaphore.inUse, 0);
    semaphore.resize(0);
    await wrapped.return!();
    assert.equal(closed, 1);
  });

  it("refuses what is no governor or no iterator", () => {
    const code = "ERR_INVALID_ARGUMENT";
    const iterator = [1].values();
    assert.throws(() => wrapIterator(3 as never, iterator), { code });
    assert.throws(() => wrapIterator(new Semaphore(1), [] as never), { code });
  });
});

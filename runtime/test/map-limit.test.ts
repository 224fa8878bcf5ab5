import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { forEachLimit, mapLimit, mapSettled, Semaphore } from "semaphore-guard";
import { fail, limiters, range, sources } from "./map-sources.js";
import { defer, settle, ticks } from "./ticks.js";

for (const [sourceName, source] of Object.entries(sources)) {
  for (const [limiterName, limiter] of Object.entries(limiters)) {
    describe(`mapLimit over ${sourceName} with ${limiterName}`, () => {
      it("gives nothing for nothing", async () => {
        assert.deepEqual(await mapLimit(source([]), limiter(3), fail), []);
      });

      it("keeps the order of the items and passes the index", async () => {
        const gates = Array.from({ length: 4 }, () => defer());
        const result = mapLimit(
          source(["a", "b", "c", "d"]),
          limiter(4),
          async (item, index) => {
            await gates[index]!.promise;
            return item + index;
          },
        );
        for (const i of [2, 0, 3, 1]) {
          gates[i]!.resolve();
          await settle();
        }
        assert.deepEqual(await result, ["a0", "b1", "c2", "d3"]);
      });

      it("never runs more than the limit, and as many when it can", async () => {
        let inside = 0;
        let most = 0;
        await mapLimit(source(range(20)), limiter(3), async () => {
          most = Math.max(most, ++inside);
          await settle();
          inside--;
        });
        assert.equal(most, 3);
      });

      it("takes a synchronous throw for a rejection", async () => {
        const result = mapLimit(source([1, 2]), limiter(2), () => {
          throw new Error("sync");
        });
        await assert.rejects(result, /sync/);
      });

      it("starts nothing after the first failure, rejects at once, and swallows later failures", async () => {
        const gates = Array.from({ length: 3 }, () => defer());
        const started: number[] = [];
        const result = mapLimit(source(range(10)), limiter(3), async (item) => {
          started.push(item);
          await gates[item]!.promise;
        });
        await settle();
        gates[1]!.reject(new Error("first"));
        await assert.rejects(result, /first/);
        gates[0]!.resolve();
        gates[2]!.reject(new Error("second"));
        await settle();
        assert.deepEqual(started, [0, 1, 2]);
      });

      it("stops and rejects at once when the signal aborts, and leaves no listener", async () => {
        const controller = new AbortController();
        const reason = new Error("enough");
        const work = defer();
        const started: number[] = [];
        const result = mapLimit(
          source(range(10)),
          limiter(2),
          (item) => {
            started.push(item);
            return work.promise;
          },
          controller,
        );
        await settle();
        controller.abort(reason);
        await assert.rejects(result, reason);
        work.resolve();
        await settle();
        assert.deepEqual(started, [0, 1]);
        assert.equal(getEventListeners(controller.signal, "abort").length, 0);
      });

      it("leaves no listener on the signal when it succeeds", async () => {
        const { signal } = new AbortController();
        const double = (n: number) => 2 * n;
        await mapLimit(source([1, 2, 3]), limiter(2), double, { signal });
        assert.equal(getEventListeners(signal, "abort").length, 0);
      });
    });
  }
}

for (const [limiterName, limiter] of Object.entries(limiters)) {
  describe(`mapLimit and its source, with ${limiterName}`, () => {
    // With a semaphore one item is taken before its permit is there.
    const ahead = limiterName === "a semaphore" ? 1 : 0;

    it("takes items only as calls can start", async () => {
      for (const isAsync of [false, true]) {
        const source = watch(Infinity, isAsync);
        const controller = new AbortController();
        const gates = Array.from({ length: 10 }, () => defer());
        const result = mapLimit(
          source.items,
          limiter(2),
          (item) => gates[item]!.promise,
          controller,
        );
        await settle();
        assert.equal(source.taken, 2 + ahead);
        gates[1]!.resolve();
        await settle();
        assert.equal(source.taken, 3 + ahead);
        controller.abort();
        await assert.rejects(result);
      }
    });

    it("rejects with what it throws even as the last call ends", async () => {
      for (let lasts = 0; lasts < 6; lasts++) {
        let asked = 0;
        const items = {
          async next() {
            if (asked++ === 0) return { value: 1, done: false };
            throw new Error("source");
          },
          [Symbol.asyncIterator]() {
            return this;
          },
        };
        const result = mapLimit(items, limiter(2), () => ticks(lasts));
        await assert.rejects(result, /source/, `after ${lasts} ticks`);
      }
    });

    it("asks for nothing after a failure, even one that can't be closed", async () => {
      let asked = 0;
      const iterator = { next: () => ({ done: false, value: asked++ }) };
      const items = { [Symbol.iterator]: () => iterator };
      const gates = [defer(), defer()];
      const result = mapLimit(
        items,
        limiter(2),
        (item) => gates[item]!.promise,
      );
      await settle();
      gates[0]!.reject(new Error("first"));
      await assert.rejects(result, /first/);
      gates[1]!.resolve();
      await settle();
      assert.equal(asked, 2 + ahead);
    });

    it("closes it once when a call fails", async () => {
      for (const isAsync of [false, true]) {
        const source = watch(Infinity, isAsync);
        const result = mapLimit(source.items, limiter(2), async (item) => {
          if (item === 3) throw new Error("three");
        });
        await assert.rejects(result, /three/);
        await settle();
        assert.equal(source.closed, 1);
      }
    });

    it("closes it once when the signal aborts, also from inside the source", async () => {
      for (const isAsync of [false, true]) {
        const controller = new AbortController();
        const source = watch(Infinity, isAsync, (item) => {
          if (item === 4) controller.abort(new Error("inside"));
        });
        const started: number[] = [];
        const result = mapLimit(
          source.items,
          limiter(2),
          (item) => started.push(item),
          controller,
        );
        await assert.rejects(result, /inside/);
        await settle();
        assert.equal(source.closed, 1);
        assert.ok(!started.includes(4));
      }
    });

    it("leaves it alone when it ends by itself", async () => {
      for (const isAsync of [false, true]) {
        const source = watch(5, isAsync);
        await mapLimit(source.items, limiter(2), () => {});
        assert.deepEqual([source.closed, source.ended], [0, 1]);
      }
    });

    it("rejects with what it throws, and does not close it then", async () => {
      for (const isAsync of [false, true]) {
        const source = watch(Infinity, isAsync, (item) => {
          if (item === 2) throw new Error("source");
        });
        const result = mapLimit(source.items, limiter(5), () => {});
        await assert.rejects(result, /source/);
        await settle();
        assert.equal(source.closed, 0);
      }
    });

    for (const [when, next, expected] of [
      ["has thrown", throwError, ["next"]],
      ["has aborted the signal and been closed", abort, ["next", "return"]],
      ["has been closed for a failure", () => -1, ["next", "return"]],
    ] as const) {
      it(`neither asks nor closes it once it ${when}`, async () => {
        for (const isAsync of [false, true]) {
          const controller = new AbortController();
          const asked: string[] = [];
          const step = () => ({ done: false, value: next(controller) });
          const iterator = {
            next() {
              asked.push("next");
              return isAsync ? new Promise((yes) => yes(step())) : step();
            },
            return: () => asked.push("return"),
          };
          const method = isAsync ? Symbol.asyncIterator : Symbol.iterator;
          const items = { [method]: () => iterator } as never;
          const fn = async (item: number) => {
            if (item < 0) throw new Error("fn");
          };
          await assert.rejects(mapLimit(items, limiter(1), fn, controller));
          await settle();
          // With a semaphore the second item is asked for ahead of the failure.
          if (next !== throwError && next !== abort) asked.splice(1, ahead);
          assert.deepEqual(asked, expected);
        }
      });
    }

    it("rejects with the first failure even when closing fails", async () => {
      const closeless = {
        [Symbol.iterator]: () => ({
          next: () => ({ done: false as const, value: 1 }),
          return: fail,
        }),
      };
      await assert.rejects(
        mapLimit(closeless, limiter(1), () => Promise.reject(new Error("fn"))),
        /fn/,
      );
    });

    it("closes at once one that never answers", async () => {
      let closed = 0;
      const silent: AsyncIterable<number> = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise(() => {}),
          return: async () => {
            closed++;
            return { done: true, value: undefined };
          },
        }),
      };
      const controller = new AbortController();
      const result = mapLimit(silent, limiter(2), () => {}, controller);
      await settle();
      controller.abort();
      await assert.rejects(result, { name: "AbortError" });
      assert.equal(closed, 1);
    });

    it("asks an async one for one item at a time", async () => {
      let asked = 0;
      let most = 0;
      let left = 20;
      const items: AsyncIterable<number> = {
        [Symbol.asyncIterator]: () => ({
          async next() {
            most = Math.max(most, ++asked);
            await settle();
            asked--;
            const value = left--;
            return value > 0 ? { done: false, value } : { done: true, value };
          },
        }),
      };
      const result = await mapLimit(items, limiter(4), (item) => item);
      assert.equal(most, 1);
      assert.equal(result.length, 20);
    });
  });
}

describe("mapLimit with a semaphore", () => {
  it("shares its permits with everybody else, and returns them all", async () => {
    const semaphore = new Semaphore(2);
    const held = await semaphore.acquire();
    let inside = 1;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await settle();
      inside--;
    };
    const all = Promise.all([
      mapLimit(range(10), semaphore, work),
      mapLimit(range(10), semaphore, work),
    ]);
    await settle();
    inside--;
    held.release();
    await all;
    assert.equal(most, 2);
    assert.equal(semaphore.inUse, 0);
  });

  it("leaves the line when it fails while waiting for a permit", async () => {
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    const held = await semaphore.acquire();
    const result = mapLimit(range(10), semaphore, fail, controller);
    await settle();
    assert.equal(semaphore.pending, 1);
    controller.abort();
    assert.equal(semaphore.pending, 0);
    await assert.rejects(result, { name: "AbortError" });
    held.release();
    assert.equal(semaphore.available, 1);
  });

  it("returns a permit that comes after the failure", async () => {
    const permit = defer<{ release(): unknown }>();
    let released = 0;
    const controller = new AbortController();
    const deaf = { acquire: () => permit.promise };
    const result = mapLimit([1], deaf, fail, controller);
    controller.abort();
    await assert.rejects(result, { name: "AbortError" });
    permit.resolve({ release: () => released++ });
    await settle();
    assert.equal(released, 1);
  });
});

describe("mapLimit", () => {
  it("rejects at once with an aborted signal, without opening the source", async () => {
    const reason = new Error("aborted before");
    const items = { [Symbol.iterator]: fail };
    const options = { signal: AbortSignal.abort(reason) };
    await assert.rejects(mapLimit(items, 1, fail, options), reason);
  });

  it("bears a limit far above the number of items", async () => {
    const identity = (n: number) => n;
    const items = [...range(3000)];
    assert.deepEqual(await mapLimit(items, Infinity, identity), items);
    assert.deepEqual(await mapLimit(items, 1e9, identity), items);
  });

  it("passes promises among the items on as they are, as map does", async () => {
    const promise = Promise.resolve(1);
    const seen: unknown[] = [];
    await mapLimit([promise], 1, (item) => {
      seen.push(item);
    });
    assert.equal(seen[0], promise);
  });
});

describe("forEachLimit", () => {
  it("calls for every item within the limit and returns nothing", async () => {
    const seen: [number, number][] = [];
    let inside = 0;
    const outcomes = await Promise.all([
      forEachLimit(range(5), 2, async (item, index) => {
        assert.ok(++inside <= 2);
        seen.push([item, index]);
        await settle();
        inside--;
      }),
    ]);
    assert.deepEqual(outcomes, [undefined]);
    assert.deepEqual(
      seen,
      [...range(5)].map((i) => [i, i]),
    );
  });

  it("stops at the first failure", async () => {
    const seen: number[] = [];
    const result = forEachLimit(range(5), 1, (item) => {
      seen.push(item);
      if (item === 2) throw new Error("two");
    });
    await assert.rejects(result, /two/);
    assert.deepEqual(seen, [0, 1, 2]);
  });
});

describe("mapSettled", () => {
  it("gives every outcome in order, whatever fails, within the limit", async () => {
    const semaphore = new Semaphore(2);
    const errors = [new Error("thrown"), new Error("rejected")];
    const outcomes = await mapSettled(range(4), semaphore, (item) => {
      assert.ok(semaphore.inUse <= 2);
      if (item === 1) throw errors[0];
      return item === 2 ? Promise.reject(errors[1]) : item * 10;
    });
    assert.deepEqual(outcomes, [
      { status: "fulfilled", value: 0 },
      { status: "rejected", reason: errors[0] },
      { status: "rejected", reason: errors[1] },
      { status: "fulfilled", value: 30 },
    ]);
  });

  it("still rejects for a signal, a broken source or a wrong argument", async () => {
    const signal = AbortSignal.abort("aborted");
    const identity = (n: number) => n;
    const aborted = mapSettled([1], 1, identity, { signal });
    assert.equal(await aborted.catch((reason: unknown) => reason), "aborted");
    function* broken() {
      yield 1;
      throw new Error("source");
    }
    await assert.rejects(mapSettled(broken(), 1, identity), /source/);
    await assert.rejects(mapSettled([1], 0, identity), {
      code: "ERR_INVALID_LIMIT",
    });
    await assert.rejects(mapSettled([1], 1, "fn" as never), {
      code: "ERR_INVALID_ARGUMENT",
    });
  });
});

/** A source that counts what is asked of it. */
function watch(
  length: number,
  isAsync: boolean,
  onItem: (item: number) => void = () => {},
) {
  const counts = { taken: 0, closed: 0, ended: 0 };
  function* generate() {
    let threw = true;
    let ended = false;
    try {
      for (let item = 0; item < length; item++) {
        counts.taken++;
        onItem(item);
        threw = false;
        yield item;
        threw = true;
      }
      counts.ended++;
      ended = true;
    } finally {
      if (!threw && !ended) counts.closed++;
    }
  }
  async function* generateAsync() {
    yield* generate();
  }
  const items: Iterable<number> | AsyncIterable<number> = isAsync
    ? generateAsync()
    : generate();
  return Object.assign(counts, { items });
}

function throwError(): never {
  throw new Error("source");
}

function abort(controller: AbortController): number {
  controller.abort();
  return 1;
}

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import fc from "fast-check";
import { mapStream, Semaphore, type Governor } from "semaphore-guard";
import { fail, limiters, range, sources } from "./map-sources.js";
import { defer, settle, ticks } from "./ticks.js";

for (const [sourceName, source] of Object.entries(sources)) {
  for (const [limiterName, limiter] of Object.entries(limiters)) {
    describe(`mapStream over ${sourceName} with ${limiterName}`, () => {
      it("gives nothing for nothing", async () => {
        assert.deepEqual(
          await all(mapStream(source([]), limiter(2), fail)),
          [],
        );
      });

      it("hands out results in the order of the items", async () => {
        const gates = [defer(), defer(), defer()];
        const results = all(
          mapStream(source("abc"), limiter(3), async (item, index) => {
            await gates[index]!.promise;
            return item + index;
          }),
        );
        for (const i of [2, 0, 1]) {
          gates[i]!.resolve();
          await settle();
        }
        assert.deepEqual(await results, ["a0", "b1", "c2"]);
      });

      it("hands them out as they are ready when asked to", async () => {
        const gates = [defer(), defer(), defer()];
        const results = all(
          mapStream(
            source([0, 1, 2]),
            limiter(3),
            async (item) => {
              await gates[item]!.promise;
              return item;
            },
            { ordered: false },
          ),
        );
        for (const i of [2, 0, 1]) {
          gates[i]!.resolve();
          await settle();
        }
        assert.deepEqual(await results, [2, 0, 1]);
      });

      it("runs ahead of the reader by the limit, and no further", async () => {
        const started: number[] = [];
        const stream = mapStream(source(range(9)), limiter(2), (item) => {
          started.push(item);
          return item;
        });
        await settle();
        assert.deepEqual(started, []);
        assert.deepEqual(await stream.next(), { value: 0, done: false });
        await settle();
        assert.deepEqual(started, [0, 1, 2]);
        await stream.next();
        await settle();
        assert.deepEqual(started, [0, 1, 2, 3]);
        await stream.return!();
      });

      it("throws a failure in its place and starts nothing after it", async () => {
        const gate = defer();
        const started: number[] = [];
        const stream = mapStream(source(range(9)), limiter(3), async (item) => {
          started.push(item);
          if (item === 1) throw new Error("one");
          await gate.promise;
          return item;
        });
        const reads = [stream.next(), stream.next(), stream.next()];
        await settle();
        gate.resolve();
        const [first, second, third] = await Promise.allSettled(reads);
        assert.deepEqual(first, fulfilled({ value: 0, done: false }));
        assert.match(String((second as PromiseRejectedResult).reason), /one/);
        assert.deepEqual(third, fulfilled({ value: undefined, done: true }));
        assert.ok(started.length <= 3, `started ${started.join()}`);
      });

      it("throws it at once when results come as they are ready", async () => {
        const stream = mapStream(
          source([0, 1]),
          limiter(2),
          (item) =>
            item === 0
              ? new Promise(() => {})
              : Promise.reject(new Error("one")),
          { ordered: false },
        );
        await assert.rejects(stream.next(), /one/);
        assert.equal((await stream.next()).done, true);
      });

      it("stops when the signal aborts, and leaves no listener", async () => {
        const controller = new AbortController();
        const { signal } = controller;
        const wanted: AbortSignal[] = [];
        const stream = mapStream(
          source(range(9)),
          limiter(2),
          (item, _index, wantedSignal) => {
            wanted.push(wantedSignal);
            return item === 0 ? item : new Promise(() => {});
          },
          { signal },
        );
        await stream.next();
        const read = stream.next();
        await settle();
        controller.abort("stop");
        assert.equal(await read.catch((reason: unknown) => reason), "stop");
        assert.equal((await stream.next()).done, true);
        await settle();
        assert.ok(wanted.every(({ reason }) => reason === "stop"));
        assert.deepEqual(getEventListeners(signal, "abort"), []);
      });
    });
  }
}

describe("mapStream left early", () => {
  it("closes the source, aborts what runs and waits for it, then starts nothing", async () => {
    let closed = 0;
    function* items() {
      try {
        yield* range(9);
      } finally {
        closed++;
      }
    }
    const events: string[] = [];
    const stream = mapStream(items(), 3, async (item, _index, signal) => {
      if (item === 0) return item;
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
      events.push(`aborted ${item}`);
      await settle();
      events.push(`ended ${item}`);
      return item;
    });
    for await (const item of stream) {
      assert.equal(item, 0);
      await settle();
      break;
    }
    assert.deepEqual(events.slice(-3), ["ended 1", "ended 2", "ended 3"]);
    assert.equal(closed, 1);
    await settle();
    assert.equal(events.length, 6);
    assert.equal((await stream.next()).done, true);
  });

  it("closes a source that nobody has read", async () => {
    let closed = 0;
    const iterator = {
      next: fail,
      return() {
        closed++;
        return { done: true as const, value: undefined };
      },
      [Symbol.iterator]() {
        return this;
      },
    };
    const stream = mapStream(iterator, 1, fail);
    await Promise.all([stream.return!(), stream.return!()]);
    assert.equal(closed, 1);
    assert.equal((await stream.next()).done, true);
  });

  it("doesn't wait for an item that the source never delivers", async () => {
    async function* silent() {
      yield 1;
      await new Promise(() => {});
    }
    for await (const item of mapStream(silent(), 2, (item) => item)) {
      assert.equal(item, 1);
      break;
    }
  });

  it("answers the reads that still wait", async () => {
    const stream = mapStream(endless(), 1, (_item, _index, signal) =>
      aborted(signal),
    );
    const read = stream.next();
    await settle();
    await stream.return!();
    assert.equal((await read).done, true);
  });

  it("gives back every permit", async () => {
    const semaphore = new Semaphore(3);
    for await (const item of mapStream(endless(), semaphore, ticks)) {
      assert.equal(item, undefined);
      break;
    }
    await settle();
    assert.deepEqual([semaphore.inUse, semaphore.pending], [0, 0]);
  });
});

describe("mapStream", () => {
  it("refuses wrong arguments at once", () => {
    const identity = (item: number) => item;
    const wrong: [() => unknown, string][] = [
      [() => mapStream([1], 0, identity), "ERR_INVALID_LIMIT"],
      [() => mapStream([1], 1, 3 as never), "ERR_INVALID_ARGUMENT"],
      [() => mapStream(1 as never, 1, identity), "ERR_INVALID_ARGUMENT"],
      [
        () => mapStream([1], 1, identity, { backpressure: 0 }),
        "ERR_INVALID_LIMIT",
      ],
      [
        () => mapStream([1], 1, identity, { onProgress: 1 as never }),
        "ERR_INVALID_ARGUMENT",
      ],
    ];
    for (const [make, code] of wrong) assert.throws(make, { code });
  });

  it("rejects the first read when the signal has aborted before, and closes the source", async () => {
    const signal = AbortSignal.abort("before");
    const stream = mapStream([1], 1, fail, { signal });
    assert.equal(
      await stream.next().catch((reason: unknown) => reason),
      "before",
    );
    assert.equal((await stream.next()).done, true);
  });

  it("delivers what was done before the source threw", async () => {
    function* broken() {
      yield 1;
      throw new Error("source");
    }
    const stream = mapStream(broken(), 2, (item) => item);
    assert.equal((await stream.next()).value, 1);
    await assert.rejects(stream.next(), /source/);
    assert.equal((await stream.next()).done, true);
  });

  it("delivers what was done before the semaphore was closed", async () => {
    for (const ordered of [true, false]) {
      const semaphore = new Semaphore(1);
      const stream = mapStream(range(9), semaphore, (item) => item, {
        ordered,
      });
      const permit = await semaphore.acquire();
      const reads = [stream.next(), stream.next(), stream.next()];
      await settle();
      permit.release();
      assert.equal((await reads[0]!).value, 0);
      semaphore.close();
      const rest = await Promise.allSettled(reads.slice(1));
      const refused = rest.findIndex(({ status }) => status === "rejected");
      assert.ok(refused >= 0);
      const { reason } = rest[refused] as { reason: { code: string } };
      assert.equal(reason.code, "ERR_SEMAPHORE_CLOSED");
    }
  });

  it("holds no permit for a result not yet read", async () => {
    const semaphore = new Semaphore(2);
    const stream = mapStream(range(9), semaphore, (item) => item, {
      backpressure: 5,
    });
    await stream.next();
    await settle();
    assert.equal(semaphore.inUse, 0);
    await stream.return!();
  });

  it("runs as far ahead as backpressure says", async () => {
    let started = 0;
    const stream = mapStream(range(99), 2, () => started++, {
      backpressure: 5,
    });
    await stream.next();
    await settle();
    assert.equal(started, 6);
    await stream.return!();
  });

  it("takes a governor that names no limit, and waits for its tokens", async () => {
    let out = 0;
    const one: Governor = {
      async acquire() {
        while (out > 0) await settle();
        out++;
        return { release: () => out-- };
      },
    };
    const results = await all(
      mapStream(range(5), one, async (item) => {
        assert.equal(out, 1);
        await settle();
        return item;
      }),
    );
    assert.deepEqual(results, [0, 1, 2, 3, 4]);
    assert.equal(out, 0);
  });

  it("goes on once a paused semaphore is resized", async () => {
    const semaphore = new Semaphore(1);
    semaphore.resize(0);
    const results = all(mapStream(range(3), semaphore, (item) => item));
    await settle();
    semaphore.resize(2);
    assert.deepEqual(await results, [0, 1, 2]);
  });

  it("leaves no rejection unhandled when nobody reads on", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    try {
      const stream = mapStream(range(9), 3, (item) =>
        item === 0 ? 0 : Promise.reject(new Error(String(item))),
      );
      await stream.next();
      await settle();
      await settle();
    } finally {
      process.off("unhandledRejection", onUnhandled);
    }
    assert.deepEqual(unhandled, []);
  });
});

describe("Law: mapStream", () => {
  it("yields what Promise.all over map would, never above the limit nor ahead of its backpressure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 1, max: 5 }),
          backpressure: fc.integer({ min: 1, max: 8 }),
          asSemaphore: fc.boolean(),
          asAsync: fc.boolean(),
          ordered: fc.boolean(),
          items: fc.array(fc.record({ lasts: fc.nat(4), read: fc.nat(4) }), {
            maxLength: 20,
          }),
        }),
        async ({
          limit,
          backpressure,
          asSemaphore,
          asAsync,
          ordered,
          items,
        }) => {
          let inside = 0;
          let ahead = 0;
          async function* slow() {
            yield* items;
          }
          const stream = mapStream(
            asAsync ? slow() : items,
            asSemaphore ? new Semaphore(limit) : limit,
            async ({ lasts }, index) => {
              assert.ok(++inside <= limit);
              assert.ok(++ahead <= backpressure + 1);
              await ticks(lasts);
              inside--;
              return index;
            },
            { ordered, backpressure },
          );
          const seen: number[] = [];
          for await (const index of stream) {
            ahead--;
            seen.push(index);
            await ticks(items[index]!.read);
          }
          const expected = items.map((_, index) => index);
          if (ordered) assert.deepEqual(seen, expected);
          assert.deepEqual(
            seen.toSorted((a, b) => a - b),
            expected,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function* endless() {
  for (let i = 0; ; i++) yield i;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

function fulfilled<T>(value: T): PromiseFulfilledResult<T> {
  return { status: "fulfilled", value };
}

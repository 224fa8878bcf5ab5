import assert from "node:assert/strict";
import fc from "fast-check";
import { Semaphore } from "semaphore-guard";
import {
  AdaptiveLimit,
  aimd,
  gradient,
  type LimitAlgorithm,
  type LoadWindow,
} from "semaphore-guard/adaptive-limit";

const algorithms = [
  ["aimd", () => aimd()],
  ["gradient", () => gradient()],
] as const;

/** One window after the other, of one call each. */
class Load {
  readonly semaphore: Semaphore;
  readonly adaptive: AdaptiveLimit<unknown, unknown>;
  #at = 0;

  constructor(
    algorithm: LimitAlgorithm,
    { start = 20, min = 1, max = 100 } = {},
  ) {
    this.semaphore = new Semaphore(start);
    this.adaptive = new AdaptiveLimit(this.semaphore, {
      min,
      max,
      algorithm,
      window: 1,
      minSamples: 1,
    });
  }

  get limit(): number {
    return this.semaphore.limit;
  }

  window(window: Partial<LoadWindow>, times = 1): void {
    for (let time = 0; time < times; time++) {
      const busy = { latency: 10, inFlight: this.limit, overloaded: false };
      this.adaptive.record({ ...busy, ...window, at: this.#at++ });
    }
  }
}

for (const [name, make] of algorithms) {
  describe(`AdaptiveLimit by ${name}`, () => {
    it("stays a whole number from min to max, whatever happens", () => {
      const bounds = fc
        .tuple(fc.integer({ min: 1, max: 50 }), fc.nat(50))
        .map(([min, more]) => ({ min, max: min + more }));
      const windows = fc.array(
        fc.record({
          latency: fc.double({ min: 0, max: 1e6, noNaN: true }),
          inFlight: fc.nat(200),
          overloaded: fc.boolean(),
        }),
      );
      fc.assert(
        fc.property(bounds, windows, (bounds, windows) => {
          const load = new Load(make(), bounds);
          for (const window of [{}, ...windows]) {
            load.window(window);
            const { limit } = load;
            assert.ok(Number.isInteger(limit), String(limit));
            assert.ok(limit >= bounds.min && limit <= bounds.max);
          }
        }),
      );
    });

    it("backs off with every window that tells of overload, down to min", () => {
      const load = new Load(make(), { start: 64, min: 3 });
      while (load.limit > 3) {
        const before = load.limit;
        load.window({ overloaded: true });
        assert.ok(load.limit < before);
      }
      load.window({ overloaded: true });
      assert.equal(load.limit, 3);
    });

    it("recovers up to max once all is well and the limit is made use of", () => {
      const load = new Load(make());
      load.window({ overloaded: true }, 30);
      assert.equal(load.limit, 1);
      load.window({}, 300);
      assert.equal(load.limit, 100);
    });

    it("does not grow by calls that don't need what there is", () => {
      const load = new Load(make());
      load.window({ inFlight: 5 }, 50);
      assert.equal(load.limit, 20);
    });
  });
}

describe("AdaptiveLimit by gradient", () => {
  it("shrinks when calls get slower, before any fails", () => {
    const load = new Load(gradient(), { start: 50 });
    load.window({}, 20);
    const before = load.limit;
    load.window({ latency: 40 }, 10);
    assert.ok(load.limit < before / 2, String(load.limit));
  });

  it("takes a latency for usual again soon after a long overload", () => {
    const load = new Load(gradient());
    load.window({ latency: 1000 }, 100);
    load.window({ latency: 10 }, 60);
    const before = load.limit;
    load.window({ latency: 40 }, 10);
    assert.ok(load.limit < before);
  });
});

describe("AdaptiveLimit by aimd", () => {
  it("takes calls beyond the timeout for overload", () => {
    const load = new Load(aimd({ timeout: 100, backoff: 0.5 }));
    load.window({ latency: 101 });
    assert.equal(load.limit, 10);
  });
});

describe("AdaptiveLimit", () => {
  const options = { window: 0, minSamples: 1, algorithm: aimd() };

  it("takes account of what runs under it, by withPermit and by wrap", async () => {
    const changes: number[] = [];
    const semaphore = new Semaphore(2);
    const adaptive = new AdaptiveLimit(semaphore, {
      ...options,
      onChange: (limit) => changes.push(limit),
    });
    const weight = await adaptive.withPermit(({ weight }) => weight, {
      weight: 2,
    });
    assert.equal(weight, 2);
    const failing = adaptive.wrap((message: string): never => {
      throw new Error(message);
    });
    await assert.rejects(failing("overload"), { message: "overload" });
    assert.deepEqual(changes, [3, 2]);
    assert.equal(semaphore.inUse, 0);
  });

  it("leaves failures out of account that are no overload", async () => {
    const adaptive = new AdaptiveLimit(new Semaphore(2), {
      ...options,
      isOverload: () => false,
    });
    const failing = adaptive.withPermit(() => Promise.reject("not found"));
    await assert.rejects(failing, (reason) => reason === "not found");
    assert.equal(adaptive.limit, 2);
  });

  it("takes no account of a caller that never got its turn", async () => {
    const adaptive = new AdaptiveLimit(new Semaphore(2), options);
    const aborted = AbortSignal.abort("no");
    const refused = adaptive.withPermit(() => 1, { signal: aborted });
    await assert.rejects(refused, (reason) => reason === "no");
    assert.equal(adaptive.limit, 2);
  });

  it("waits for enough calls, and for the end of the window", () => {
    const semaphore = new Semaphore(4);
    const adaptive = new AdaptiveLimit(semaphore, { algorithm: aimd() });
    const call = { latency: 1, inFlight: 4, overloaded: false };
    for (let n = 1; n <= 10; n++) {
      assert.equal(semaphore.limit, 4);
      adaptive.record({ ...call, at: n });
    }
    assert.equal(semaphore.limit, 5);
    for (let n = 0; n < 20; n++) adaptive.record({ ...call, at: 1009 });
    assert.equal(semaphore.limit, 5);
    adaptive.record({ ...call, at: 1010 });
    assert.equal(semaphore.limit, 6);
  });

  it("brings the semaphore within its bounds at once, and refuses wrong ones", () => {
    const semaphore = new Semaphore(Infinity);
    assert.equal(new AdaptiveLimit(semaphore, { max: 7 }).limit, 7);
    const make = (wrong: object) => () => new AdaptiveLimit(semaphore, wrong);
    assert.throws(make({ min: 0 }), { code: "ERR_INVALID_LIMIT" });
    assert.throws(make({ min: 9, max: 8 }), { code: "ERR_INVALID_ARGUMENT" });
    assert.throws(() => aimd({ backoff: 1 }), { code: "ERR_INVALID_ARGUMENT" });
    assert.throws(() => gradient({ smoothing: 0 }), {
      code: "ERR_INVALID_ARGUMENT",
    });
  });
});

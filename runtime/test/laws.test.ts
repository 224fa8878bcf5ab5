import assert from "node:assert/strict";
import fc from "fast-check";
import { mapLimit, Semaphore, type Permit } from "semaphore-guard";
import { settle, ticks } from "./ticks.js";

type Step =
  | { do: "acquire"; signal: number | undefined }
  | { do: "tryAcquire" }
  | { do: "abort"; signal: number }
  | { do: "release"; which: number }
  | { do: "release again"; which: number }
  | { do: "resize"; limit: number };

const SIGNALS = 3;
const signal = fc.nat(SIGNALS - 1);
const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("acquire" as const),
      signal: fc.option(signal, { nil: undefined }),
    }),
  },
  fc.record({ do: fc.constant("tryAcquire" as const) }),
  fc.record({ do: fc.constant("abort" as const), signal }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("release" as const), which }),
  },
  fc.record({ do: fc.constant("release again" as const), which }),
  fc.record({ do: fc.constant("resize" as const), limit: fc.nat(4) }),
);

describe("Law: a semaphore does what a simple model of it does", () => {
  it("for any steps, each followed by any number of ticks", async () => {
    const program = fc.array(fc.tuple(step, fc.nat(3)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        program,
        async (limit, steps) => {
          const world = new World(limit);
          for (const [step, pause] of steps) {
            world.perform(step);
            world.check();
            await ticks(pause);
            world.check();
          }
          await world.windUp();
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The semaphore beside its model: numbers for callers, lists for the rest. */
class World {
  readonly semaphore: Semaphore;
  readonly controllers = Array.from(
    { length: SIGNALS },
    () => new AbortController(),
  );
  limit: number;
  line: { caller: number; signal: number | undefined }[] = [];
  /** In the order of the grants. */
  admitted: number[] = [];
  refused = new Set<number>();
  out = 0;

  /** What the semaphore did. */
  permits: Permit[] = [];
  spent: Permit[] = [];
  actuallyAdmitted: number[] = [];
  actuallyRefused = new Set<number>();
  callers = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.semaphore = new Semaphore(limit);
  }

  perform(step: Step): void {
    switch (step.do) {
      case "acquire": {
        const caller = this.callers++;
        const controller = this.controllers[step.signal ?? -1];
        const reason = () => controller?.signal.reason;
        if (controller?.signal.aborted) this.refused.add(caller);
        else this.line.push({ caller, signal: step.signal });
        this.advance();
        this.semaphore.acquire(controller).then(
          (permit) => {
            this.permits.push(permit);
            this.actuallyAdmitted.push(caller);
          },
          (error) => {
            assert.equal(error, reason());
            this.actuallyRefused.add(caller);
          },
        );
        break;
      }
      case "tryAcquire": {
        const admits = this.line.length === 0 && this.out < this.limit;
        const permit = this.semaphore.tryAcquire();
        assert.equal(permit !== undefined, admits);
        if (!permit) break;
        this.out++;
        this.permits.push(permit);
        break;
      }
      case "abort": {
        for (const { caller, signal } of this.line) {
          if (signal === step.signal) this.refused.add(caller);
        }
        this.line = this.line.filter(({ caller }) => !this.refused.has(caller));
        this.advance();
        this.controllers[step.signal]!.abort(new Error(`${step.signal}`));
        break;
      }
      case "release": {
        const [permit] = this.permits.splice(
          step.which % this.permits.length || 0,
          1,
        );
        if (!permit) break;
        this.out--;
        this.advance();
        assert.equal(permit.release(), true);
        this.spent.push(permit);
        break;
      }
      case "release again": {
        const permit = this.spent[step.which % this.spent.length];
        if (permit) assert.equal(permit.release(), false);
        break;
      }
      case "resize": {
        this.limit = step.limit;
        this.advance();
        this.semaphore.resize(step.limit);
      }
    }
  }

  advance(): void {
    while (this.out < this.limit && this.line.length > 0) {
      this.admitted.push(this.line.shift()!.caller);
      this.out++;
    }
  }

  check(): void {
    const { limit, inUse, pending, available } = this.semaphore;
    assert.deepEqual(
      { limit, inUse, pending, available },
      {
        limit: this.limit,
        inUse: this.out,
        pending: this.line.length,
        available: Math.max(0, this.limit - this.out),
      },
    );
  }

  /** Everybody gets a turn, and in the end all permits are home. */
  async windUp(): Promise<void> {
    this.perform({ do: "resize", limit: 2 });
    do {
      await settle();
      while (this.permits.length > 0) this.perform({ do: "release", which: 0 });
    } while (this.line.length > 0 || this.out > 0);
    this.check();
    assert.deepEqual(this.actuallyAdmitted, this.admitted);
    assert.deepEqual(this.actuallyRefused, this.refused);
    assert.equal(this.admitted.length + this.refused.size, this.callers);
  }
}

describe("Law: withPermit", () => {
  it("never lets more than the limit inside and brings every permit home, whatever fn does", async () => {
    const behaviour = fc.record({
      startsAt: fc.nat(6),
      lasts: fc.nat(4),
      ends: fc.constantFrom("returns", "throws", "rejects", "releases early"),
      abortsAt: fc.option(fc.nat(10), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(behaviour, { maxLength: 12 }),
        async (limit, behaviours) => {
          const semaphore = new Semaphore(limit);
          let inside = 0;
          const outcomes = behaviours.map(async (behaviour, index) => {
            const controller = new AbortController();
            if (behaviour.abortsAt !== undefined) {
              void ticks(behaviour.abortsAt).then(() =>
                controller.abort("abort"),
              );
            }
            await ticks(behaviour.startsAt);
            let called = false;
            const result = semaphore.withPermit((permit) => {
              called = true;
              assert.equal(controller.signal.aborted, false);
              assert.ok(++inside <= limit);
              if (behaviour.ends === "throws") {
                inside--;
                throw "thrown";
              }
              return ticks(behaviour.lasts).then(() => {
                inside--;
                if (behaviour.ends === "rejects") throw "rejected";
                if (behaviour.ends === "releases early") permit.release();
                return index;
              });
            }, controller);
            const outcome = await result.catch((reason: unknown) => reason);
            assert.equal(outcome === "abort", !called);
            if (!called) return;
            const expected = { throws: "thrown", rejects: "rejected" };
            assert.equal(
              outcome,
              (expected as Record<string, unknown>)[behaviour.ends] ?? index,
            );
          });
          await Promise.all(outcomes);
          assert.deepEqual(
            [inside, semaphore.inUse, semaphore.pending],
            [0, 0, 0],
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("Law: mapLimit", () => {
  const shape = fc.record({
    limit: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(Infinity)),
    asSemaphore: fc.boolean(),
    asAsync: fc.boolean(),
    lasts: fc.array(fc.nat(5), { maxLength: 20 }),
  });
  const limiter = (limit: number, asSemaphore: boolean) =>
    asSemaphore ? new Semaphore(limit) : limit;

  it("equals Promise.all over map when all succeed, within the limit and as lazy as it", async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        async ({ limit, asSemaphore, asAsync, lasts }) => {
          let inside = 0;
          let taken = 0;
          let finished = 0;
          const fn = async (lasts: number, index: number) => {
            assert.ok(++inside <= limit);
            await ticks(lasts);
            inside--;
            finished++;
            return [lasts, index];
          };
          function* generate() {
            for (const item of lasts) {
              taken++;
              assert.ok(taken - finished <= limit + (asSemaphore ? 1 : 0));
              yield item;
            }
          }
          async function* generateAsync() {
            yield* generate();
          }
          const items = asAsync ? generateAsync() : generate();
          const mapped = await mapLimit(items, limiter(limit, asSemaphore), fn);
          limit = Infinity;
          assert.deepEqual(mapped, await Promise.all(lasts.map(fn)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("stops after the first failure, which it rejects with, and leaves no permit out", async () => {
    const failing = fc.record({
      shape,
      failures: fc.uniqueArray(fc.nat(19), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(failing, async ({ shape, failures }) => {
        const { lasts, limit, asSemaphore, asAsync } = shape;
        let first: string | undefined;
        let over = false;
        const fn = async (lasts: number, index: number) => {
          assert.ok(!over, "started after the failure");
          await ticks(lasts);
          if (!failures.includes(index)) return;
          const failure = `failure ${index}`;
          first ??= failure;
          throw failure;
        };
        async function* generateAsync() {
          yield* lasts;
        }
        const items = asAsync ? generateAsync() : lasts;
        const governor = limiter(limit, asSemaphore);
        const outcome = await mapLimit(items, governor, fn).then(
          () => undefined,
          (reason: unknown) => {
            over = true;
            return reason;
          },
        );
        await settle();
        assert.equal(outcome, first);
        if (governor instanceof Semaphore) {
          assert.deepEqual([governor.inUse, governor.pending], [0, 0]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

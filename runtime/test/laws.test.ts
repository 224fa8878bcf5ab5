import assert from "node:assert/strict";
import { mock } from "node:test";
import fc from "fast-check";
import { mapLimit, Semaphore } from "semaphore-guard";
import { SIGNALS, World, type Model, type Step } from "./model.js";
import { settle, ticks } from "./ticks.js";

const signal = fc.nat(SIGNALS - 1);
const weight = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const which = fc.nat(20);
const frequent: fc.Arbitrary<Step>[] = [
  fc.record({
    do: fc.constant("acquire" as const),
    signal: fc.option(signal, { nil: undefined }),
    weight,
    priority: fc.option(fc.integer({ min: -1, max: 2 }), { nil: undefined }),
    timeout: fc.option(fc.nat(20), { nil: undefined }),
  }),
  fc.record({ do: fc.constant("release" as const), which }),
];
const rare: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant("tryAcquire" as const), weight }),
  fc.record({ do: fc.constant("abort" as const), signal }),
  fc.record({
    do: fc.constant("pass" as const),
    milliseconds: fc.integer({ min: 1, max: 10 }),
  }),
  fc.record({ do: fc.constant("release again" as const), which }),
  fc.record({ do: fc.constant("forget" as const), which }),
  fc.record({
    do: fc.constant("split" as const),
    which,
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant("resize" as const), limit: fc.nat(5) }),
  fc.record({ do: fc.constant("onIdle" as const) }),
];
const step = fc.oneof(
  ...frequent.map((arbitrary) => ({ weight: 4, arbitrary })),
  ...rare,
  { weight: 1, arbitrary: fc.constant<Step>({ do: "close" }) },
);
const stepBesidesClose = fc.oneof(
  ...frequent.map((arbitrary) => ({ weight: 4, arbitrary })),
  ...rare,
);

/** A step, to the semaphore and its model, and some ticks after it. */
class Command implements fc.AsyncCommand<Model, World> {
  constructor(
    readonly step: Step,
    readonly pause: number,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_model: Model, world: World): Promise<void> {
    world.perform(this.step);
    await ticks(this.pause);
    world.compare();
  }

  toString(): string {
    return `${JSON.stringify(this.step)} + ${this.pause} ticks`;
  }
}

describe("Law: a semaphore does what a simple model of it does", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => {
    mock.timers.reset();
  });

  for (const [name, steps] of [
    ["for any steps but close", stepBesidesClose],
    ["for any steps, close among them", step],
  ] as const) {
    it(`${name}, each followed by any number of ticks`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 5 }),
          fc.oneof(fc.constant(Infinity), fc.nat(6)),
          fc.commands(
            [fc.tuple(steps, fc.nat(3)).map((pair) => new Command(...pair))],
            { maxCommands: 80 },
          ),
          async (limit, maxPending, commands) => {
            const world = new World(limit, maxPending);
            const setup = () => ({ model: world.model, real: world });
            await fc.asyncModelRun(setup, commands);
            await world.windUp();
          },
        ),
        { numRuns: 400 },
      );
    });
  }
});

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

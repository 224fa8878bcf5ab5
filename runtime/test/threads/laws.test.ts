import assert from "node:assert/strict";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import type { Permit } from "semaphore-guard";
import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";
import type { Load } from "./load.worker.js";

/** A number that a `SharedSemaphore` of this process takes for a thread's. */
const THREADS = 3;

type Step =
  | { do: "acquire"; by: number; weight: number }
  | { do: "try"; by: number; weight: number }
  | { do: "release"; by: number; which: number }
  | { do: "abort"; by: number; which: number }
  | { do: "die"; by: number }
  | { do: "resize"; limit: number };

interface Caller {
  readonly by: number;
  readonly weight: number;
  readonly controller: AbortController;
}

/** What a semaphore of several threads is to do, written down plainly. */
class Model {
  line: Caller[] = [];
  held: Caller[] = [];

  constructor(public limit: number) {}

  get inUse(): number {
    return this.held.reduce((sum, { weight }) => sum + weight, 0);
  }

  acquire(caller: Caller): void {
    this.line.push(caller);
    this.advance();
  }

  advance(): void {
    for (;;) {
      const [first] = this.line;
      if (!first || this.inUse + first.weight > this.limit) return;
      this.held.push(first);
      this.line.shift();
    }
  }

  without(gone: (caller: Caller) => boolean): void {
    this.line = this.line.filter((caller) => !gone(caller));
    this.held = this.held.filter((caller) => !gone(caller));
    this.advance();
  }
}

describe("Law: a SharedSemaphore does what a simple model of it does", () => {
  const by = fc.nat(THREADS - 1);
  const weight = fc.integer({ min: 1, max: 3 });
  const which = fc.nat(9);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: record("acquire", { by, weight }) },
    { weight: 1, arbitrary: record("try", { by, weight }) },
    { weight: 4, arbitrary: record("release", { by, which }) },
    { weight: 2, arbitrary: record("abort", { by, which }) },
    { weight: 1, arbitrary: record("die", { by }) },
    {
      weight: 1,
      arbitrary: record("resize", { limit: fc.integer({ min: 3, max: 5 }) }),
    },
  );

  it("for any steps of several threads, deaths among them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 5 }),
        fc.array(step, { maxLength: 60 }),
        async (limit, steps) => {
          await new World(limit).perform(steps);
        },
      ),
      { numRuns: 300 },
    );
  });

  class World {
    readonly owner: SharedSemaphore;
    readonly model: Model;
    readonly handles: SharedSemaphoreHandle[];
    readonly threads: SharedSemaphore[];
    readonly permits = new Map<Caller, Permit>();
    /** Aborts, and the waits of threads that have died. */
    readonly refusals: unknown[] = [];
    reclaimed = 0;

    constructor(limit: number) {
      this.owner = new SharedSemaphore(limit, {
        onReclaim: ({ permits }) => (this.reclaimed += permits),
      });
      this.model = new Model(limit);
      this.handles = Array.from({ length: THREADS }, () => this.owner.share());
      this.threads = this.handles.map((handle) => SharedSemaphore.from(handle));
    }

    async perform(steps: readonly Step[]): Promise<void> {
      for (const step of steps) {
        await this.take(step);
        const { limit, inUse, pending } = this.owner;
        assert.deepEqual(
          [limit, inUse, pending],
          [this.model.limit, this.model.inUse, this.model.line.length],
        );
      }
      while (this.model.held.length > 0) {
        await this.take({
          do: "release",
          by: this.model.held[0]!.by,
          which: 0,
        });
      }
      assert.deepEqual([this.owner.inUse, this.owner.pending], [0, 0]);
      for (const reason of this.refusals) {
        const { code } = reason as { code?: string };
        assert.ok(reason === "abort" || code === "ERR_SEMAPHORE_CLOSED");
      }
    }

    async take(step: Step): Promise<void> {
      const { model } = this;
      switch (step.do) {
        case "acquire": {
          const caller = this.call(step.by, step.weight);
          const { signal } = caller.controller;
          const options = { weight: step.weight, signal };
          this.threads[step.by]!.acquire(options).then(
            (permit) => this.permits.set(caller, permit),
            (reason) => this.refusals.push(reason),
          );
          model.acquire(caller);
          return;
        }
        case "try": {
          const permit = this.threads[step.by]!.tryAcquire(step);
          const fits =
            model.line.length === 0 && model.inUse + step.weight <= model.limit;
          assert.equal(permit !== undefined, fits);
          if (!permit) return;
          const caller = this.call(step.by, step.weight);
          model.acquire(caller);
          this.permits.set(caller, permit);
          return;
        }
        case "release": {
          const held = model.held.filter(({ by }) => by === step.by);
          const caller = held[step.which % held.length];
          if (!caller) return;
          const permit = await this.permitOf(caller);
          assert.equal(permit.release(), true);
          assert.equal(permit.release(), false);
          model.without((other) => other === caller);
          return;
        }
        case "abort": {
          const mine = model.line.filter(({ by }) => by === step.by);
          const caller = mine[step.which % mine.length];
          caller?.controller.abort("abort");
          model.without((other) => other === caller);
          return;
        }
        case "die": {
          const lost = model.held.filter(({ by }) => by === step.by);
          const before = this.reclaimed;
          this.owner.reclaim(this.handles[step.by]!);
          this.handles[step.by] = this.owner.share();
          this.threads[step.by] = SharedSemaphore.from(this.handles[step.by]!);
          model.without(({ by }) => by === step.by);
          await undefined;
          const weight = lost.reduce((sum, { weight }) => sum + weight, 0);
          assert.equal(this.reclaimed - before, weight);
          return;
        }
        case "resize": {
          this.owner.resize(step.limit);
          model.limit = step.limit;
          model.advance();
        }
      }
    }

    call(by: number, weight: number): Caller {
      return {
        by,
        weight,
        controller: new AbortController(),
      };
    }

    /** Another thread's grant arrives in a later turn of the event loop. */
    async permitOf(caller: Caller): Promise<Permit> {
      for (;;) {
        const permit = this.permits.get(caller);
        if (permit) return permit;
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    }
  }

  function record<D extends Step["do"], T>(
    what: D,
    rest: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ): fc.Arbitrary<{ do: D } & T> {
    return fc.record({
      do: fc.constant(what),
      ...rest,
    }) as unknown as fc.Arbitrary<{ do: D } & T>;
  }
});

describe("Law: workers killed at random", () => {
  const plan = fc.record({
    limit: fc.integer({ min: 1, max: 4 }),
    /** After how many entries by all each worker is killed; never, if not. */
    killedAt: fc.array(fc.option(fc.integer({ min: 1, max: 1200 })), {
      minLength: 2,
      maxLength: 4,
    }),
    seed: fc.nat(),
  });

  it("never let more than the limit in, and lose nothing for those who live", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ limit, killedAt, seed }) => {
        const semaphore = new SharedSemaphore(limit, {
          capacity: 64,
          onReclaim: ({ permits }) => assert.ok(permits <= limit),
        });
        const census = new BigInt64Array(new SharedArrayBuffer(16));
        const workers = killedAt.map((_, number) =>
          semaphore.share((handle) => {
            const load: Load = { handle, census, number, limit, seed };
            const url = new URL("load.worker.js", import.meta.url);
            const worker = new Worker(url, { workerData: load });
            // Before the semaphore hears of it and lets others in.
            worker.once("exit", () => strike(census, number));
            return worker;
          }),
        );
        const ends = workers.map((worker) => outcome(worker));
        await Promise.all(
          killedAt.map(async (entries, number) => {
            const worker = workers[number]!;
            if (entries === null) return;
            await reached(worker, entries);
            await worker.terminate();
          }),
        );
        const outcomes = await Promise.all(ends);
        for (const [number, result] of outcomes.entries()) {
          const killed = killedAt[number] !== null;
          assert.ok(
            result === "done" || (killed && result === "killed"),
            result,
          );
        }
        const all = await semaphore.acquire({ weight: limit, timeout: 10_000 });
        assert.deepEqual([semaphore.inUse, semaphore.pending], [limit, 0]);
        all.release();
      }),
      { numRuns: 10 },
    );
  });

  function strike(census: BigInt64Array, number: number): void {
    const shift = BigInt(8 * number);
    const inside = (Atomics.load(census, 0) >> shift) & 0xffn;
    Atomics.sub(census, 0, inside << shift);
  }

  /** Resolves when the worker has been let in so many times, or has ended. */
  function reached(worker: Worker, entries: number): Promise<void> {
    return new Promise((resolve) => {
      worker.on("message", (count: unknown) => {
        if (typeof count === "number" && count >= entries) resolve();
      });
      worker.once("exit", () => resolve());
    });
  }

  async function outcome(worker: Worker): Promise<string> {
    let last: unknown = "killed";
    worker.on("message", (message) => {
      if (typeof message === "string") last = message;
    });
    worker.once("error", (error: Error) => (last = error.message));
    await once(worker, "exit");
    return String(last);
  }
});

import { AsyncLocalStorage } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Limiter, Release, Subject } from "./subject.js";

export interface Trap {
  id: string;
  /** The mishap, as the table's row. */
  title: string;
  /**
   * Walks into the trap. Throws {@link Mishap} when it snaps, {@link Unsuited}
   * when the library has nothing to try it on.
   */
  spring(subject: Subject): Promise<void>;
}

export class Mishap extends Error {}
export class Unsuited extends Error {}

export const traps: readonly Trap[] = [
  {
    id: "sync-throw",
    title: "`fn` throws synchronously: the permit is lost",
    async spring({ make }) {
      const { run } = scoped(make(1));
      await quietly(() =>
        run(() => {
          throw new Error("thrown");
        }),
      );
      await mustFinish(run(nothing), "the next is stuck");
    },
  },
  {
    id: "plain-value",
    title: "`fn` returns no promise: the permit is lost",
    async spring({ make }) {
      const { run } = scoped(make(1));
      await quietly(() => run(() => 1));
      await mustFinish(run(nothing), "the next is stuck");
    },
  },
  {
    id: "double-release",
    title: "Release twice while others hold: more than the limit inside",
    async spring({ make }) {
      const limiter = holding(make(2));
      const release = await limiter.acquire();
      await limiter.acquire();
      let entered = 0;
      for (let i = 0; i < 3; i++) {
        void limiter.acquire().then(() => entered++);
      }
      await quietly(release);
      await quietly(release);
      await pause();
      check(entered <= 1, `${entered + 1} inside, limit 2`);
    },
  },
  {
    id: "abort-queued",
    title: "Abort a queued waiter: the next one is stuck",
    async spring({ make, can }) {
      require(can.signal);
      const { run } = scoped(make(1));
      const gate = new Gate();
      const holder = run(() => gate.opened);
      const controller = new AbortController();
      const aborted = quietly(() => run(nothing, controller.signal));
      const next = run(nothing);
      controller.abort();
      gate.open();
      await holder;
      await mustFinish(next, "the next is stuck");
      await mustFinish(aborted, "the aborted one never settles");
    },
  },
  {
    id: "abort-grant-race",
    title: "Abort and grant in one tick: `fn` runs although aborted",
    async spring({ make, can }) {
      require(can.signal);
      for (let ticks = 0; ticks < 12; ticks++) {
        const { run } = scoped(make(1));
        const gate = new Gate();
        const holder = run(() => gate.opened);
        const controller = new AbortController();
        let ranAborted = false;
        const racer = quietly(() =>
          run(() => {
            ranAborted = controller.signal.aborted;
            return nothing();
          }, controller.signal),
        );
        gate.open();
        await passing(ticks);
        controller.abort();
        await mustFinish(racer, "the aborted one never settles");
        check(!ranAborted, `ran, aborted ${ticks} ticks after the release`);
        await holder;
      }
    },
  },
  {
    id: "lost-permit",
    title: "Abort right after the grant: the permit is lost",
    async spring({ make, can }) {
      require(can.signal);
      for (let ticks = 0; ticks < 12; ticks++) {
        const { run } = scoped(make(1));
        const gate = new Gate();
        const holder = run(() => gate.opened);
        const controller = new AbortController();
        const racer = quietly(() => run(nothing, controller.signal));
        gate.open();
        await passing(ticks);
        controller.abort();
        await holder;
        await mustFinish(racer, "the aborted one never settles");
        await mustFinish(run(nothing), "nobody gets in again");
      }
    },
  },
  {
    id: "already-aborted",
    title: "A signal already aborted: `fn` runs all the same",
    async spring({ make, can }) {
      require(can.signal);
      const { run } = scoped(make(1));
      let ran = false;
      await quietly(() => run(() => (ran = true), AbortSignal.abort()));
      check(!ran, "ran");
    },
  },
  {
    id: "listeners",
    title: "Abort listeners stay on a signal that outlives the waits",
    async spring({ make, can }) {
      require(can.signal);
      const { run } = scoped(make(1));
      const { signal } = new AbortController();
      const waits = Array.from({ length: 8 }, () => run(nothing, signal));
      await Promise.all(waits);
      await pause();
      const left = getEventListeners(signal, "abort").length;
      check(left === 0, `${left} listeners left`);
    },
  },
  {
    id: "overtaking",
    title: "A newcomer overtakes the queue at the instant of a release",
    async spring({ make }) {
      for (let ticks = 0; ticks < 12; ticks++) {
        const { run } = scoped(make(1));
        const gate = new Gate();
        const order: string[] = [];
        void run(() => gate.opened);
        const first = run(() => Promise.resolve(order.push("first")));
        const second = run(() => Promise.resolve(order.push("second")));
        gate.open();
        await passing(ticks);
        const newcomer = run(() => Promise.resolve(order.push("newcomer")));
        await Promise.all([first, second, newcomer]);
        check(
          order.join() === "first,second,newcomer",
          `${order.join(", ")} ${ticks} ticks after the release`,
        );
      }
    },
  },
  {
    id: "context",
    title: "The caller's AsyncLocalStorage is lost",
    async spring({ make }) {
      const { run } = scoped(make(1));
      const context = new AsyncLocalStorage<string>();
      const gate = new Gate();
      const holder = context.run("holder", () => run(() => gate.opened));
      let seen: string | undefined;
      const caller = context.run("caller", () =>
        run(() => Promise.resolve((seen = context.getStore()))),
      );
      gate.open();
      await Promise.all([holder, caller]);
      check(seen === "caller", `runs in the context of ${seen ?? "nobody"}`);
    },
  },
  {
    id: "resize",
    title: "Change the limit while permits are out: too many inside",
    async spring({ make }) {
      for (const [from, to] of [
        [2, 1],
        [1, 2],
      ] as const) {
        const limiter = make(from);
        if (!limiter.resize) throw new Unsuited();
        const { run } = scoped(limiter);
        const gates = Array.from({ length: 5 }, () => new Gate());
        let inside = 0;
        for (const gate of gates) {
          void quietly(() =>
            run(async () => {
              inside++;
              await gate.opened;
              inside--;
            }),
          );
        }
        await pause();
        limiter.resize(to);
        await pause();
        if (to < from) {
          gates[0]!.open();
          await pause();
        }
        check(inside <= to, `${inside} inside after resizing to ${to}`);
      }
    },
  },
  {
    id: "starvation",
    title: "20,000 tasks that finish at once starve a 1 ms timer",
    async spring({ make }) {
      const limiter = make(10);
      const { run } = scoped(limiter.yielding?.() ?? limiter);
      let finished = 0;
      let finishedBefore: number | undefined;
      setTimeout(() => (finishedBefore = finished), 1);
      const tasks = Array.from({ length: 20_000 }, () =>
        run(() => {
          finished++;
          return Promise.resolve();
        }),
      );
      await Promise.all(tasks);
      await sleep(5);
      check(
        finishedBefore! < 20_000,
        "the timer had to wait for the last task",
      );
    },
  },
  {
    id: "quadratic",
    title: "A long queue takes time that grows with its square",
    async spring({ make }) {
      const time = async (count: number) => {
        const { run } = scoped(make(1));
        const gate = new Gate();
        void run(() => gate.opened);
        const start = process.cpuUsage();
        const tasks = Array.from({ length: count }, () => run(nothing));
        gate.open();
        await Promise.all(tasks);
        const { user, system } = process.cpuUsage(start);
        return user + system;
      };
      await time(5000);
      const short = Math.min(await time(5000), await time(5000));
      const times = Math.round((await time(160_000)) / short);
      check(times < 200, `32 times the waiters take ${times} times as long`);
    },
  },
  {
    id: "clear",
    title: "Clear the queue: its promises stay pending for ever",
    async spring({ make }) {
      const limiter = make(1);
      if (!limiter.clear) throw new Unsuited();
      const { run } = scoped(limiter);
      const gate = new Gate();
      void quietly(() => run(() => gate.opened));
      const waiter = quietly(() => run(nothing));
      await pause();
      limiter.clear();
      gate.open();
      await mustFinish(waiter, "the waiter never settles");
    },
  },
  {
    id: "weight",
    title: "A weight that is negative or above the limit: corrupt or stuck",
    async spring({ make, can }) {
      require(can.weight);
      for (const weight of [-1, 3]) {
        const limiter = make(2);
        const acquire = limiter.acquire;
        if (!acquire) throw new Unsuited();
        const heavy = quietly(() => acquire({ weight }));
        await mustFinish(heavy, `a weight of ${weight} never gets an answer`);
        let entered = 0;
        for (let i = 0; i < 4; i++) void acquire().then(() => entered++);
        await pause();
        check(
          entered <= 2,
          `${entered} inside, limit 2, after weight ${weight}`,
        );
        check(entered === 2, `${entered} get in after weight ${weight}`);
      }
    },
  },
  {
    id: "heavy-head",
    title: "The heavy head of the line gives up: nobody wakes those behind",
    async spring({ make, can }) {
      require(can.weight && (can.signal ?? can.timeout));
      const limiter = make(2);
      const acquire = limiter.acquire;
      if (!acquire) throw new Unsuited();
      await acquire();
      const heavy = quietly(() => acquire({ weight: 2, timeout: 10 }));
      const light = acquire();
      await heavy;
      await mustFinish(light, "the light one is stuck though a permit is free");
    },
  },
  {
    id: "nested",
    title: "Acquire while holding: a deadlock without a word",
    async spring({ make }) {
      const limiter = make(1);
      const { run } = scoped(limiter.watching?.() ?? limiter);
      await mustFinish(
        run(() => run(nothing)),
        "waits for itself for ever",
      );
    },
  },
  {
    id: "alive",
    title: "A lone waiter with a timeout doesn't keep the process alive",
    async spring({ make, can }) {
      require(can.timeout);
      const acquire = make(1).acquire!;
      await acquire();
      await quietly(() => acquire({ timeout: 10 }));
    },
  },
];

/** A promise to open by hand. */
class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

type Run = (fn: () => unknown, signal?: AbortSignal) => Promise<unknown>;

/** The scoped form; made of acquire, try and finally where there is none. */
function scoped({ run, acquire }: Limiter): { run: Run } {
  if (run) return { run: async (fn, signal) => await run(fn, signal) };
  if (!acquire) throw new Unsuited();
  return {
    async run(fn) {
      const release = await acquire();
      try {
        return await fn();
      } finally {
        await release();
      }
    },
  };
}

function holding({ acquire }: Limiter): { acquire(): Promise<Release> } {
  if (!acquire) throw new Unsuited();
  return { acquire: () => acquire() };
}

function require(capable: boolean | undefined): void {
  if (!capable) throw new Unsuited();
}

function check(holds: boolean, mishap: string): void {
  if (!holds) throw new Mishap(mishap);
}

async function passing(ticks: number): Promise<void> {
  for (let i = 0; i < ticks; i++) await Promise.resolve();
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

/** Long enough for those too that go through timers. */
function pause(): Promise<void> {
  return sleep(20);
}

async function mustFinish(
  promise: Promise<unknown>,
  mishap: string,
): Promise<void> {
  const never = Symbol();
  // Keeps nothing alive: that is one of the traps.
  const first = await Promise.race([
    promise.then(
      () => {},
      () => {},
    ),
    sleep(500, never, { ref: false }),
  ]);
  check(first !== never, mishap);
}

/** Waits for it, whatever comes. */
async function quietly(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    // What it rejects with is another matter than what becomes of the permits.
  }
}

import { intercept } from "./intercept.js";
import { giveBack, type Permit } from "./permit.js";
import type { Semaphore } from "./semaphore.js";

/** A permit that nobody can release any more. */
export interface Leak {
  readonly semaphore: Semaphore;
  /** How much of the limit it took with it. */
  readonly weight: number;
  /** Where it was acquired. */
  readonly stack: string;
}

export interface LeakDetectorOptions {
  /** Told of every leak; by default it is written to the console. */
  onLeak?: ((leak: Leak) => void) | undefined;
  /** Gives the permit back, so that the program goes on. Off by default. */
  reclaim?: boolean | undefined;
}

/**
 * Watches a semaphore for leaked permits: those that the garbage collector finds
 * unreachable before anybody has released them. For finding out in development,
 * or in production why a service that was fine for a week stands still.
 *
 * A leak is noticed when the garbage collector runs, which is some time later or,
 * in a short program, never. A permit that something still refers to is not
 * leaked, however long it is out. From now on every acquire records a stack,
 * which costs microseconds; permits that are out already are not watched.
 *
 * Works wherever there is a `FinalizationRegistry`. There is no way to stop it.
 *
 * @example
 * ```ts
 * import { detectLeaks, Semaphore } from "semaphore-guard";
 *
 * const connections = new Semaphore(10);
 * detectLeaks(connections, {
 *   onLeak: ({ weight, stack }) => log.error({ weight, stack }, "leaked permit"),
 *   reclaim: true,
 * });
 * ```
 */
export function detectLeaks(
  semaphore: Semaphore,
  options: LeakDetectorOptions = {},
): void {
  const { onLeak = report, reclaim = false } = options;
  const records = new WeakMap<Permit, Acquired>();
  const registry = new FinalizationRegistry<Acquired>(({ weight, stack }) => {
    if (reclaim) semaphore[giveBack](weight, false);
    onLeak({ semaphore, weight, stack });
  });

  const track = (permit: Permit, stack: string) => {
    const record = { weight: permit.weight, stack };
    records.set(permit, record);
    registry.register(permit, record, permit);
  };

  intercept(semaphore, {
    requested: hereStack,
    granted: track,
    released(permit) {
      if (permit) registry.unregister(permit);
    },
    split(whole, part) {
      const record = records.get(whole);
      if (!record) return;
      record.weight = whole.weight;
      track(part, record.stack);
    },
  });
}

interface Acquired {
  weight: number;
  readonly stack: string;
}

function hereStack(): string {
  return new Error("Acquired here").stack ?? "(no stack)";
}

function report({ weight, stack }: Leak): void {
  console.warn(`A permit of weight ${weight} has leaked. ${stack}`);
}

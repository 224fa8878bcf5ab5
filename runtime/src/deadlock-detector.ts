/// <reference types="node" />
import { AsyncLocalStorage } from "node:async_hooks";
import type { Permit } from "./permit.js";
import type { AcquireOptions, Semaphore } from "./semaphore.js";

/**
 * A wait that could never have ended: every permit of the semaphore is out to
 * callers who wait for one more of the same semaphore themselves.
 *
 * Its own stack shows the acquire that would have closed the ring, and
 * {@link DeadlockError.holders} where the permits were acquired.
 */
export class DeadlockError extends Error {
  override readonly name = "DeadlockError";
  readonly code = "ERR_DEADLOCK";

  constructor(
    /** The stacks of those who hold the permits, and wait. */
    readonly holders: readonly string[],
  ) {
    super(
      `This acquire would wait for ever: whoever holds a permit waits for another of the same semaphore. Acquire once, with the weight you need, or release first.\n${holders.join("\n")}`,
    );
  }
}

/** A run of `fn` under a permit, as its async context knows it. */
interface Holder {
  readonly permit: Permit;
  readonly stack: string;
  /** The run that this one is nested in, and that waits for it. */
  readonly outer: Holder | undefined;
}

/**
 * Watches a semaphore for callers that hold its permit and wait for another: at
 * a limit of 1 they wait for themselves, at a higher one for each other as soon
 * as enough of them do. The acquire that would close the ring rejects with a
 * {@link DeadlockError} that shows where all of them are.
 *
 * What holds its permit by `withPermit`, `wrap` or `runExclusive` is known to
 * hold it, and is taken to wait for whatever it acquires; a permit by `acquire`
 * is not known to be anybody's. A wait that `signal` or `timeout` can end is no
 * deadlock. So it needn't see every deadlock, and mistakes a nested acquire that
 * nobody awaits for one. Costs a stack for every acquire: for development and
 * tests. Needs `AsyncLocalStorage`, as Node, Deno, Bun and most workers have it.
 *
 * @example
 * ```ts
 * import { Mutex } from "semaphore-guard";
 * import { detectDeadlocks } from "semaphore-guard/deadlock-detector";
 *
 * const lock = new Mutex();
 * detectDeadlocks(lock);
 *
 * await lock.runExclusive(async () => {
 *   await lock.runExclusive(work); // rejects with a DeadlockError
 * });
 * ```
 */
export function detectDeadlocks(semaphore: Semaphore): void {
  const context = new AsyncLocalStorage<Holder>();
  const acquire = semaphore.acquire.bind(semaphore);
  const withPermit = semaphore.withPermit.bind(semaphore);
  /** For every holder who waits, how many waits it waits for. */
  const waits = new Map<Holder, number>();

  semaphore.acquire = async (options) => {
    const endWait = startWait(options);
    try {
      return await acquire(options);
    } finally {
      endWait();
    }
  };

  semaphore.withPermit = async <R>(
    fn: (permit: Permit) => R,
    options?: AcquireOptions,
  ): Promise<Awaited<R>> => {
    if (typeof fn !== "function") return withPermit(fn, options);
    const outer = context.getStore();
    const stack = new Error("A permit is held since").stack ?? "(no stack)";
    const endWait = startWait(options);
    try {
      return await withPermit((permit) => {
        endWait();
        return context.run({ permit, stack, outer }, fn, permit);
      }, options);
    } finally {
      endWait();
    }
  };

  /** Returns what ends the wait. */
  function startWait(options: AcquireOptions = {}): () => void {
    const { weight = 1, signal, timeout = Infinity } = options;
    const chain = holdersAround();
    if (
      chain.length === 0 ||
      semaphore.available >= weight ||
      signal ||
      timeout < Infinity
    ) {
      return () => {};
    }
    for (const holder of chain) waits.set(holder, (waits.get(holder) ?? 0) + 1);
    const end = () => {
      for (const holder of chain.splice(0)) {
        const left = waits.get(holder)! - 1;
        if (left > 0) waits.set(holder, left);
        else waits.delete(holder);
      }
    };
    const waiting = [...waits.keys()].filter(({ permit }) => !permit.released);
    const weights = waiting.map(({ permit }) => permit.weight);
    if (weights.reduce((sum, one) => sum + one, 0) >= semaphore.inUse) {
      end();
      throw new DeadlockError(waiting.map(({ stack }) => stack));
    }
    return end;
  }

  function holdersAround(): Holder[] {
    const chain: Holder[] = [];
    for (let at = context.getStore(); at; at = at.outer) {
      if (!at.permit.released) chain.push(at);
    }
    return chain;
  }
}

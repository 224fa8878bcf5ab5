import { InvalidArgumentError } from "../errors.js";
import type { AcquireOptions } from "../semaphore.js";

/** A pool of workers: one of piscina, of tinypool, or what is called alike. */
export interface TaskPool {
  run(task: unknown, options?: PoolRunOptions): Promise<unknown>;
}

/** What piscina and tinypool understand of a task's options. */
export interface PoolRunOptions {
  filename?: string;
  name?: string;
  signal?: AbortSignal;
  // Each of the two has a type of its own for what can be transferred.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  transferList?: any;
}

/** What runs functions under a limit: a `Semaphore`, or one that is made alike. */
export interface ScopedSemaphore {
  withPermit<R>(fn: () => R, options?: AcquireOptions): Promise<Awaited<R>>;
}

export interface PoolFunctionOptions {
  /** The file of the worker's functions; that of the pool, by default. */
  filename?: string | undefined;
  /** The name under which the file exports the function; its default export, by default. */
  name?: string | undefined;
}

export interface PoolCallOptions extends AcquireOptions {
  /**
   * Ends the wait for a permit or for a worker, and the function itself: its
   * worker is terminated and replaced, in the middle of a loop too. The promise
   * rejects with `signal.reason`.
   */
  signal?: AbortSignal | undefined;
  /** Objects that move to the worker instead of being copied. */
  transferList?: readonly unknown[] | undefined;
}

/** A function of a worker, as it is called from here. */
export type PoolFunction<F extends (task: never) => unknown> = (
  task: Parameters<F>[0],
  options?: PoolCallOptions,
) => Promise<Awaited<ReturnType<F>>>;

/**
 * Makes a function out of one that a pool's workers have, which runs there under
 * the limit of a semaphore.
 *
 * A semaphore alone doesn't help work that keeps the CPU busy: it all runs on one
 * thread, one after the other, and nothing else runs in the meantime. A pool of
 * workers does; the semaphore then bounds how much of it this work may use, along
 * with whatever else shares its permits. The pool is piscina's or tinypool's.
 *
 * Waiting, fairness, `timeout`, `weight` and `priority` are those of the
 * semaphore. The permit is held from before the task is handed to the pool until
 * it has ended. After an abort the worker's thread may take some milliseconds more
 * to stop.
 *
 * @param pool stays the caller's to destroy
 * @returns a function of the task and of options; it rejects with what the
 *   worker's function throws, and with what the semaphore's `withPermit` rejects
 *   with
 * @throws {InvalidArgumentError} if that is no pool
 *
 * @example
 * ```ts
 * import { Piscina } from "piscina";
 * import { Semaphore } from "semaphore-guard";
 * import { limitPool } from "semaphore-guard/workers";
 *
 * const pool = new Piscina({ filename: new URL("hash.js", import.meta.url).href });
 * const hash = limitPool<typeof import("./hash.js").default>(pool, new Semaphore(2));
 *
 * const digest = await hash(file, { signal: request.signal });
 * ```
 */
export function limitPool<F extends (task: never) => unknown>(
  pool: TaskPool,
  semaphore: ScopedSemaphore,
  { filename, name }: PoolFunctionOptions = {},
): PoolFunction<F> {
  if (typeof (pool as Partial<TaskPool> | null)?.run !== "function") {
    throw new InvalidArgumentError("pool", "a pool with run()", pool);
  }
  return async (task, options): Promise<Awaited<ReturnType<F>>> => {
    const { signal, transferList } = options ?? {};
    const run = () =>
      pool.run(task, {
        ...(filename !== undefined && { filename }),
        ...(name !== undefined && { name }),
        ...(signal && { signal }),
        ...(transferList && { transferList }),
      });
    try {
      const result = await semaphore.withPermit(run, options);
      return result as Awaited<ReturnType<F>>;
    } catch (error) {
      // The pools say with an error of their own that the signal aborted.
      if (signal?.aborted) throw signal.reason;
      throw error;
    }
  };
}

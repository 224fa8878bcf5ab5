import { onAbort } from "./abort.js";
import { checkFunction, checkLimit } from "./check.js";
import { InvalidArgumentError } from "./errors.js";
import { giveBack, Permit } from "./permit.js";
import { Waiter, WaitQueue } from "./wait-queue.js";

export interface AcquireOptions {
  /**
   * Ends the wait: the promise rejects with `signal.reason`. Has no effect once
   * the permit has been granted.
   */
  signal?: AbortSignal | undefined;
}

/**
 * A counting semaphore: at most `limit` permits are out at any time, and who
 * finds none free waits in line.
 *
 * **Fairness.** Strictly first come, first served. A permit that comes back
 * goes straight to the first waiter, and no newcomer overtakes: neither
 * `acquire` nor `tryAcquire` takes a permit while someone waits.
 *
 * **Cancel safety.** A waiter whose signal aborts leaves the line at once and
 * holds nothing; the others move up. In whatever order an abort and a release
 * race, no permit is lost and none is granted twice.
 *
 * **Cost.** Every operation is O(1), cancelling a waiter included.
 *
 * @example
 * ```ts
 * import { Semaphore } from "semaphore-guard";
 *
 * const connections = new Semaphore(3);
 *
 * async function query(sql: string) {
 *   using permit = await connections.acquire();
 *   return await database.query(sql);
 * }
 * ```
 */
export class Semaphore {
  #limit: number;
  #inUse = 0;
  readonly #queue = new WaitQueue();

  /**
   * @param limit how many permits may be out at once: a positive integer, or
   *   `Infinity` for no limit
   * @throws {InvalidLimitError} for anything else, such as `0`, `1.5`, `NaN` or `"3"`
   */
  constructor(limit: number) {
    this.#limit = checkLimit(limit);
  }

  /** How many permits may be out at once; 0 while paused. */
  get limit(): number {
    return this.#limit;
  }

  /** How many permits are free: none while more are out than a shrunk limit allows. */
  get available(): number {
    return Math.max(0, this.#limit - this.#inUse);
  }

  /** How many permits are out. */
  get inUse(): number {
    return this.#inUse;
  }

  /** How many callers wait in line. */
  get pending(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a permit and takes it.
   *
   * With a permit free and nobody in line, the permit is taken before `acquire`
   * returns; otherwise the caller joins the end of the line. Never throws: what
   * goes wrong, rejects.
   *
   * Cancel safety: aborting `signal` takes the caller out of the line. When the
   * permit was granted before the abort, even in the same tick, the promise
   * fulfils and the permit is the caller's to release. Dropping the promise does
   * not cancel: its permit, once granted, stays out for ever.
   *
   * @returns the permit; release it with `using`, or in a `finally`
   * @throws `signal.reason`, at once when the signal has already aborted
   *
   * @example
   * ```ts
   * using permit = await semaphore.acquire({ signal: request.signal });
   * await work();
   * ```
   */
  acquire(options?: AcquireOptions): Promise<Permit> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const permit = this.tryAcquire();
    return permit === undefined ? this.#wait(signal) : Promise.resolve(permit);
  }

  /**
   * Takes a permit if one is free and nobody waits in line. Never waits, never
   * overtakes a waiter, never throws.
   *
   * `using` accepts `undefined` too, so look at the result before relying on it.
   *
   * @returns the permit, or `undefined`
   *
   * @example
   * ```ts
   * using permit = semaphore.tryAcquire();
   * if (!permit) return reply(503, "busy");
   * await work();
   * ```
   */
  tryAcquire(): Permit | undefined {
    if (this.#inUse >= this.#limit || this.#queue.size !== 0) return undefined;
    this.#inUse++;
    return new Permit(this);
  }

  /**
   * Waits for a permit, runs `fn`, and gives the permit back when what `fn`
   * returned has settled.
   *
   * With a permit free, `fn` is called before `withPermit` returns. `fn` gets
   * the permit and may release it early, once the rest of its work needs no
   * limit. When `fn` throws, synchronously or later, the permit comes back and
   * the promise rejects.
   *
   * Cancel safety: `signal` ends the wait, not the work. When it aborts before
   * `fn` has been called, `fn` never is, even if the permit had been granted.
   *
   * @returns what `fn` returned, awaited
   * @throws whatever `fn` throws or rejects with; `signal.reason`;
   *   {@link InvalidArgumentError} if `fn` is not a function
   *
   * @example
   * ```ts
   * const page = await semaphore.withPermit(() => fetch(url));
   * ```
   */
  withPermit<R>(
    fn: (permit: Permit) => R,
    options?: AcquireOptions,
  ): Promise<Awaited<R>> {
    if (typeof fn !== "function") {
      return Promise.reject(new InvalidArgumentError("fn", "a function", fn));
    }
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const permit = this.tryAcquire();
    return permit === undefined
      ? this.#waitAndRun(fn, signal)
      : run(fn, permit);
  }

  /**
   * Returns a function like `fn` that runs under this semaphore: it passes on
   * `this` and its arguments, and each call waits for a permit of its own.
   *
   * @returns a function with `fn`'s parameters that always returns a promise;
   *   it settles as {@link Semaphore.withPermit} does
   * @throws {InvalidArgumentError} if `fn` is not a function
   *
   * @example
   * ```ts
   * const limitedFetch = new Semaphore(5).wrap(fetch);
   * const responses = await Promise.all(urls.map((url) => limitedFetch(url)));
   * ```
   */
  wrap<T, A extends unknown[], R>(
    fn: (this: T, ...args: A) => R,
  ): (this: T, ...args: A) => Promise<Awaited<R>> {
    checkFunction("fn", fn);
    const semaphore = this;
    return function (...args) {
      return semaphore.withPermit(() => fn.apply(this, args));
    };
  }

  /**
   * Changes the limit, at once. When it grows, waiters that now fit get their
   * permits, in order, before `resize` returns. When it shrinks, no permit that
   * is out is revoked: none is granted until enough have come back. `resize(0)`
   * pauses: everybody waits until the next `resize`.
   *
   * O(1), plus the permits it grants.
   *
   * @param limit 0, a positive integer or `Infinity`
   * @throws {InvalidLimitError} for anything else; the limit then stays as it is
   *
   * @example
   * ```ts
   * import { readFile, watchFile } from "node:fs";
   *
   * watchFile("limits.json", () => {
   *   readFile("limits.json", "utf8", (error, text) => {
   *     if (!error) semaphore.resize(JSON.parse(text).maxConcurrency);
   *   });
   * });
   * ```
   */
  resize(limit: number): void {
    this.#limit = checkLimit(limit, 0);
    this.#grant();
  }

  /** @internal */
  [giveBack](): void {
    this.#inUse--;
    this.#grant();
  }

  #wait(signal: AbortSignal | undefined): Promise<Permit> {
    return new Promise((resolve) => {
      const waiter = new Waiter(resolve);
      if (signal !== undefined) {
        const stop = onAbort(signal, () => {
          this.#cancel(waiter, signal.reason);
          this.#grant();
        });
        waiter.watch = { signal, stop };
      }
      this.#queue.enqueue(waiter);
    });
  }

  async #waitAndRun<R>(
    fn: (permit: Permit) => R,
    signal: AbortSignal | undefined,
  ): Promise<Awaited<R>> {
    const permit = await this.#wait(signal);
    try {
      signal?.throwIfAborted();
      return await fn(permit);
    } finally {
      permit.release();
    }
  }

  /** Hands out what is free, in order. */
  #grant(): void {
    const queue = this.#queue;
    let waiter: Waiter | undefined;
    while (this.#inUse < this.#limit && (waiter = queue.first) !== undefined) {
      // An abort listener that ran before ours may have released a permit, or
      // kept ours from running at all.
      if (waiter.watch?.signal.aborted) {
        this.#cancel(waiter, waiter.watch.signal.reason);
        continue;
      }
      queue.remove(waiter);
      this.#inUse++;
      waiter.resolve(new Permit(this));
    }
  }

  #cancel(waiter: Waiter, reason: unknown): void {
    this.#queue.remove(waiter);
    waiter.resolve(Promise.reject(reason));
  }
}

/** `try { return await fn(permit) } finally { permit.release() }`, but faster. */
function run<R>(
  fn: (permit: Permit) => R,
  permit: Permit,
): Promise<Awaited<R>> {
  let result: R;
  try {
    result = fn(permit);
  } catch (error) {
    permit.release();
    return Promise.reject(error);
  }
  return Promise.resolve(result).then(
    (value) => {
      permit.release();
      return value;
    },
    (error: unknown) => {
      permit.release();
      throw error;
    },
  );
}

import {
  checkFunction,
  checkLimit,
  checkNumber,
  checkWeight,
  tooHeavy,
} from "./check.js";
import {
  AcquireTimeoutError,
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- docs link to it
  type InvalidWeightError,
  NoPermitError,
  QueueFullError,
  SemaphoreClosedError,
} from "./errors.js";
import { limitFromEnv, type LimitFromEnvOptions } from "./from-env.js";
import { giveBack, onSplit, Permit } from "./permit.js";
import { plainPromise } from "./plain-promise.js";
import { Waiter, WaitQueue } from "./wait-queue.js";
import { watch } from "./watch.js";
import { wrap } from "./wrap.js";

export interface SemaphoreOptions {
  /**
   * How many callers may wait in line: 0, a positive integer or `Infinity`, which
   * is the default. One more is refused with a {@link QueueFullError}.
   */
  maxPending?: number | undefined;

  /**
   * How many waiters may get their permits before the event loop has had a turn:
   * a positive integer or `Infinity`, which is the default. Tasks that finish at
   * once follow on each other without a pause, and a long line of them keeps
   * timers and input waiting; 1000 costs them little and lets the rest live.
   */
  yieldEvery?: number | undefined;
}

export interface FromEnvOptions extends SemaphoreOptions, LimitFromEnvOptions {}

export interface TryAcquireOptions {
  /**
   * How much of the limit the permit takes up: a positive integer, 1 by default.
   * More than the limit is refused with an {@link InvalidWeightError}.
   */
  weight?: number | undefined;
}

export interface AcquireOptions extends TryAcquireOptions {
  /**
   * Ends the wait: the promise rejects with `signal.reason`. Has no effect once
   * the permit has been granted.
   */
  signal?: AbortSignal | undefined;

  /**
   * How long to wait, in milliseconds, before the promise rejects with an
   * {@link AcquireTimeoutError}. 0 takes a permit only if one is free now. The
   * timer keeps the process alive. Unlimited by default, and above 24.8 days.
   */
  timeout?: number | undefined;

  /**
   * Who has the higher priority stands before all who have a lower one. Any
   * number; 0 by default. A steady stream of high priorities starves the low.
   */
  priority?: number | undefined;
}

const NONE: AcquireOptions = {};

/**
 * A counting semaphore: at most `limit` permits are out at any time, and who
 * finds none free waits in line.
 *
 * **Fairness.** Within a priority strictly first come, first served, and nobody
 * overtakes: neither `acquire` nor `tryAcquire` takes a permit before somebody
 * who waits, not even a light one before a heavy one that doesn't fit yet. A
 * permit that comes back goes straight to the first waiter.
 *
 * **Cancel safety.** A waiter whose signal aborts or whose time runs out leaves
 * the line at once and holds nothing; the others move up. In whatever order
 * this and a release race, no permit is lost and none is granted twice.
 *
 * **Cost.** Every operation is O(1), cancelling a waiter included; waiting is
 * O(d) where d is the number of different priorities that wait.
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
  readonly #maxPending: number;
  readonly #yieldEvery: number;
  /** Grants since the event loop's last turn, as far as anybody counts. */
  #burst = 0;
  readonly #queue = new WaitQueue();
  #closed: SemaphoreClosedError | undefined;
  readonly #idlers: (() => void)[] = [];

  /**
   * @param limit how many permits may be out at once: a positive integer, or
   *   `Infinity` for no limit
   * @throws {InvalidLimitError} for anything else, such as `0`, `1.5`, `NaN` or
   *   `"3"`, and for a `maxPending` or `yieldEvery` that is none
   */
  constructor(limit: number, options: SemaphoreOptions = {}) {
    const { maxPending = Infinity, yieldEvery = Infinity } = options;
    this.#limit = checkLimit(limit);
    this.#maxPending = checkLimit(maxPending, 0, "maxPending");
    this.#yieldEvery = checkLimit(yieldEvery, 1, "yieldEvery");
  }

  /**
   * A semaphore whose limit stands in an environment variable: digits, or
   * `Infinity`. Unset or empty, `default` is the limit. Reads it once.
   *
   * @throws {InvalidEnvError} naming the variable and its value, when that is no
   *   limit, not from `min` to `max`, or missing without a `default`
   *
   * @example
   * ```ts
   * const semaphore = Semaphore.fromEnv("MAX_CONCURRENCY", { default: 5, max: 64 });
   * ```
   */
  static fromEnv(name: string, options: FromEnvOptions = {}): Semaphore {
    return new Semaphore(limitFromEnv(name, options), options);
  }

  /** How many permits may be out at once; 0 while paused. */
  get limit(): number {
    return this.#limit;
  }

  /** How many permits are free: none while more are out than a shrunk limit allows. */
  get available(): number {
    return Math.max(0, this.#limit - this.#inUse);
  }

  /** How many permits are out, each counted by its weight. */
  get inUse(): number {
    return this.#inUse;
  }

  /** How many callers wait in line. */
  get pending(): number {
    return this.#queue.size;
  }

  /** Whether {@link Semaphore.close} has been called. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /**
   * Waits for a permit and takes it.
   *
   * With enough free and nobody in line, the permit is taken before `acquire`
   * returns; otherwise the caller joins the line. Never throws: what goes wrong,
   * rejects.
   *
   * Cancel safety: aborting `signal`, or running out of time, takes the caller
   * out of the line. When the permit was granted before that, even in the same
   * tick, the promise fulfils and the permit is the caller's to release. Dropping
   * the promise does not cancel: its permit, once granted, stays out for ever.
   *
   * @returns the permit; release it with `using`, or in a `finally`
   * @throws `signal.reason`, at once when the signal has already aborted;
   *   {@link AcquireTimeoutError}; {@link QueueFullError};
   *   {@link SemaphoreClosedError}; {@link InvalidWeightError} when the weight is
   *   more than the limit, or the limit has shrunk below it when its turn comes
   *
   * @example
   * ```ts
   * using permit = await semaphore.acquire({ signal: request.signal, timeout: 500 });
   * await work();
   * ```
   */
  acquire(options?: AcquireOptions): Promise<Permit> {
    try {
      return Promise.resolve(this.#enter(options));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Takes a permit if enough is free and nobody waits in line. Never waits and
   * never overtakes a waiter.
   *
   * `using` accepts `undefined` too, so look at the result before relying on it.
   *
   * @returns the permit, or `undefined`, as always once the semaphore is closed
   * @throws {InvalidWeightError}
   *
   * @example
   * ```ts
   * using permit = semaphore.tryAcquire();
   * if (!permit) return reply(503, "busy");
   * await work();
   * ```
   */
  tryAcquire(options?: TryAcquireOptions): Permit | undefined {
    return this.#take(this.#weigh(options));
  }

  /**
   * {@link Semaphore.tryAcquire} for `using`: throws rather than return nothing,
   * so that the block never runs without a permit.
   *
   * @throws {NoPermitError} when none is free or somebody waits;
   *   {@link SemaphoreClosedError}; {@link InvalidWeightError}
   *
   * @example
   * ```ts
   * using permit = semaphore.acquireNow();
   * await work();
   * ```
   */
  acquireNow(options?: TryAcquireOptions): Permit {
    const permit = this.tryAcquire(options);
    if (permit) return permit;
    throw this.#closed ?? new NoPermitError(this.#describe());
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
   * Cancel safety: `signal` and `timeout` end the wait, not the work. When the
   * signal aborts before `fn` has been called, `fn` never is, even if the permit
   * had been granted.
   *
   * @returns what `fn` returned, awaited
   * @throws whatever `fn` throws or rejects with; what {@link Semaphore.acquire}
   *   rejects with; {@link InvalidArgumentError} if `fn` is not a function
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
    try {
      checkFunction("fn", fn);
      const entry = this.#enter(options);
      return entry instanceof Permit
        ? run(fn, entry)
        : runLater(fn, entry, options?.signal);
    } catch (error) {
      return Promise.reject(error);
    }
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
    return wrap(this, fn);
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
    this.#settle();
  }

  /**
   * Refuses newcomers and sends away all who wait: they reject with a
   * {@link SemaphoreClosedError}. Permits that are out stay valid until they are
   * released. Closing again does nothing.
   *
   * @param reason becomes the error's `cause`
   *
   * @example
   * ```ts
   * process.once("SIGTERM", async () => {
   *   semaphore.close("shutting down");
   *   await semaphore.onIdle(); // what runs may finish
   *   await database.end();
   * });
   * ```
   */
  close(reason?: unknown): void {
    if (this.#closed) return;
    this.#closed = new SemaphoreClosedError(reason);
    let waiter: Waiter | undefined;
    while ((waiter = this.#queue.first)) this.#refuse(waiter, this.#closed);
    this.#settle();
  }

  /**
   * Waits until no permit is out and nobody waits in line. It doesn't keep
   * anybody from coming in afterwards: {@link Semaphore.close} does.
   *
   * @example
   * ```ts
   * for (const job of jobs) void semaphore.withPermit(() => run(job));
   * await semaphore.onIdle();
   * ```
   */
  onIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idlers.push(resolve);
      this.#settle();
    });
  }

  /** @internal */
  declare [onSplit]?: (whole: Permit, part: Permit) => void;

  /** @internal */
  [giveBack](weight: number, forever: boolean, _permit?: Permit): void {
    this.#inUse -= weight;
    if (forever) this.#limit = Math.max(0, this.#limit - weight);
    this.#settle();
  }

  /** A permit if one is free, else the wait for one. Throws what `acquire` rejects with. */
  #enter(options?: AcquireOptions): Permit | Promise<Permit> {
    const free = options ? undefined : this.#take(1);
    return free ?? this.#enterWith(options);
  }

  #enterWith(options: AcquireOptions = NONE): Permit | Promise<Permit> {
    const { signal, timeout = Infinity, priority = 0 } = options;
    const weight = this.#weigh(options);
    checkNumber("timeout", timeout, 0);
    checkNumber("priority", priority);
    signal?.throwIfAborted();
    if (this.#closed) throw this.#closed;
    const permit = this.#take(weight);
    if (permit) return permit;
    if (this.pending >= this.#maxPending) {
      throw new QueueFullError(this.#maxPending, this.#describe());
    }
    if (timeout === 0) throw new AcquireTimeoutError(0, this.#describe());

    const queue = this.#queue;
    let waiter!: Waiter;
    const granted = new Promise<Permit>((resolve) => {
      waiter = new Waiter(weight, resolve);
    });
    if (signal || timeout < Infinity) this.#watch(waiter, signal, timeout);
    queue.enqueue(waiter, priority);
    // Standing before somebody too heavy, it may fit where that one does not.
    if (queue.first === waiter) this.#settle();
    return granted;
  }

  #watch(
    waiter: Waiter,
    signal: AbortSignal | undefined,
    timeout: number,
  ): void {
    const end = (reason: unknown) => {
      this.#refuse(waiter, reason);
      this.#settle();
    };
    waiter.watch = watch(signal, timeout, end, () => this.#describe());
  }

  #weigh(options: TryAcquireOptions | undefined): number {
    const weight = options?.weight;
    if (weight === undefined) return 1;
    // A paused semaphore will have another limit some day, so 0 forbids nothing.
    checkWeight(weight, this.#limit || Infinity);
    return weight;
  }

  #take(weight: number): Permit | undefined {
    if (
      this.#inUse + weight > this.#limit ||
      this.#queue.size !== 0 ||
      this.#closed
    ) {
      return undefined;
    }
    this.#inUse += weight;
    return new Permit(this, weight);
  }

  /** Hands out what is free, in order, and tells those who wait for the end. */
  #settle(): void {
    const queue = this.#queue;
    let waiter: Waiter | undefined;
    while (this.#inUse < this.#limit && (waiter = queue.first)) {
      const { weight, watch } = waiter;
      if (watch?.signal?.aborted) {
        // An abort listener that ran before ours may have released a permit, or
        // kept ours from running at all.
        this.#refuse(waiter, watch.signal.reason);
      } else if (weight > this.#limit) {
        this.#refuse(waiter, tooHeavy(weight, this.#limit));
      } else if (this.#inUse + weight > this.#limit || !this.#mayGrant()) {
        return;
      } else {
        queue.remove(waiter);
        this.#inUse += weight;
        waiter.resolve(new Permit(this, weight));
      }
    }
    if (this.#idlers.length > 0 && this.#inUse + queue.size === 0) {
      for (const resolve of this.#idlers.splice(0)) resolve();
    }
  }

  /** Counts a grant; `false` when the event loop is to have its turn first. */
  #mayGrant(): boolean {
    if (this.#yieldEvery === Infinity) return true;
    if (this.#burst === 0) {
      setTimeout(() => {
        this.#burst = 0;
        this.#settle();
      });
    }
    return this.#burst++ < this.#yieldEvery;
  }

  #refuse(waiter: Waiter, reason: unknown): void {
    this.#queue.remove(waiter);
    waiter.resolve(Promise.reject(reason));
  }

  #describe(): string {
    return `${this.#inUse} of ${this.#limit} in use, ${this.pending} waiting`;
  }
}

/** `try { return await fn(permit) } finally { permit.release() }`, but faster. */
function run<R>(
  fn: (permit: Permit) => R,
  permit: Permit,
): Promise<Awaited<R>> {
  let result: Promise<Awaited<R>>;
  try {
    result = plainPromise(fn(permit));
  } catch (error) {
    permit.release();
    throw error;
  }
  return result.then(
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

/** Reactions rather than `await`: a waiter that is no generator is half the size. */
function runLater<R>(
  fn: (permit: Permit) => R,
  granted: Promise<Permit>,
  signal: AbortSignal | undefined,
): Promise<Awaited<R>> {
  return granted.then((permit) => {
    if (!signal?.aborted) return run(fn, permit);
    permit.release();
    throw signal.reason;
  });
}

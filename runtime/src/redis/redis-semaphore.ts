import { checkLimit, checkNumber, checkWeight } from "../check.js";
import {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- docs link to it
  type AcquireTimeoutError,
  InvalidArgumentError,
} from "../errors.js";
import { Mutex } from "../mutex.js";
import { watch } from "../watch.js";
import { Lease, LeaseTerms } from "./lease.js";
import {
  commandsOf,
  isRedisClient,
  wasInterrupted,
  type RedisClient,
} from "./redis-client.js";
import { RedisPermit } from "./redis-permit.js";
import { withPermit } from "../with-permit.js";
import { wrap } from "../wrap.js";

export interface RedisSemaphoreOptions {
  /**
   * How long a permit lasts without renewal, in milliseconds: at least 100,
   * 10,000 by default. It is renewed every third of it. So long the others wait
   * for the permits of a process that crashed; shorter than a pause of the event
   * loop or of the network, it is lost.
   */
  lease?: number | undefined;

  /**
   * How long to wait before asking again, in milliseconds, give or take a
   * quarter: 50 by default. One caller of this object asks, those behind it wait
   * for their turn.
   */
  retryInterval?: number | undefined;
}

export interface RedisAcquireOptions {
  /** Ends the wait: the promise rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /**
   * How long to wait, in milliseconds, before the promise rejects with an
   * {@link AcquireTimeoutError}, also when it is Redis that doesn't answer.
   * Unlimited by default.
   */
  timeout?: number | undefined;
  /** How much of the limit the permit takes up: a positive integer, 1 by default. */
  weight?: number | undefined;
}

/**
 * A counting semaphore over processes and machines: at most `limit` permits of
 * one name are out at a time, by the count of one Redis.
 *
 * Permits are leases of the package `redis-semaphore`, which has to be installed,
 * with a client of `ioredis` or `redis`. A process that crashes gives its permits
 * back when they expire; one that is cut off learns by `permit.signal` that it
 * lost them. All times are the server's, so clocks may differ.
 *
 * **What no lease can promise.** A process may be stopped for longer than its
 * lease, at any instruction, and go on as if nothing had happened. Where that
 * would do harm, hand `permit.token` to whatever the permit guards. A Redis that
 * restarts without its data, or fails over to a replica that lags, has forgotten
 * leases whose holders learn of it at their next renewal.
 *
 * **Fairness.** First come, first served among the callers of one object; between
 * objects, who asks first once a permit is free. A heavy caller can starve there.
 *
 * **Cancel safety.** A caller whose signal aborts or whose time runs out holds
 * nothing; what Redis may grant it nevertheless is given back.
 *
 * **Cost.** One round trip to acquire, one to release, one for each renewal; while
 * waiting, one per `retryInterval` and object. In Redis O(log n), n permits out.
 *
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { RedisSemaphore } from "semaphore-guard/redis";
 *
 * const imports = new RedisSemaphore(new Redis(), "imports", 3);
 *
 * async function importFile(file: string) {
 *   await using permit = await imports.acquire();
 *   await load(file, { signal: permit.signal });
 * }
 * ```
 */
export class RedisSemaphore {
  readonly #terms: LeaseTerms;
  readonly #retryInterval: number;
  /** Whose turn it is to ask Redis. */
  readonly #turn = new Mutex();
  #wake: (() => void) | undefined;

  /**
   * @param client of `ioredis` or `redis`, connected or connecting; it stays the
   *   caller's to close
   * @param name of the semaphore, shared by all who limit the same thing
   * @param limit how many permits may be out at once: a positive integer; pass
   *   the same everywhere, since each caller goes by its own
   * @throws {InvalidLimitError}; {@link InvalidArgumentError}
   */
  constructor(
    client: RedisClient,
    name: string,
    limit: number,
    { lease = 10_000, retryInterval = 50 }: RedisSemaphoreOptions = {},
  ) {
    if (!isRedisClient(client)) {
      const expected = "a client of ioredis or redis";
      throw new InvalidArgumentError("client", expected, client);
    }
    if (typeof name !== "string" || name === "") {
      throw new InvalidArgumentError("name", "a name", name);
    }
    checkLimit(limit);
    if (!(lease >= 100 && lease < 2 ** 31)) {
      throw new InvalidArgumentError("lease", "at least 100 ms", lease);
    }
    checkNumber("retryInterval", retryInterval, 0);
    const duration = Math.round(lease);
    this.#terms = new LeaseTerms(commandsOf(client), name, limit, duration);
    this.#retryInterval = retryInterval;
  }

  /** The name all share who limit the same thing. */
  get name(): string {
    return this.#terms.name;
  }

  /** How many permits may be out at once. */
  get limit(): number {
    return this.#terms.limit;
  }

  /**
   * Waits for a permit and takes it. Keeps the process alive while it waits.
   *
   * A connection that breaks is the client's to mend: while it tries, the caller
   * waits on.
   *
   * @returns the permit; release it with `await using`, or in a `finally`
   * @throws `signal.reason`, at once when the signal has already aborted;
   *   {@link AcquireTimeoutError}; {@link InvalidWeightError}; what the client
   *   rejects with when it has given up
   */
  async acquire(options: RedisAcquireOptions = {}): Promise<RedisPermit> {
    const { signal, timeout = Infinity, weight = 1 } = options;
    checkWeight(weight, this.limit);
    checkNumber("timeout", timeout, 0);
    signal?.throwIfAborted();
    const ended = new AbortController();
    const watched = watch(
      signal,
      timeout,
      (reason) => ended.abort(reason),
      () => this.#describe(),
    );
    try {
      using _turn = await this.#turn.acquire(ended);
      for (;;) {
        const lease = new Lease(this.#terms, weight);
        const granted = await this.#request(lease, ended.signal);
        if (granted) return this.#permit(lease, weight);
        await this.#pause(ended.signal);
      }
    } finally {
      watched.stop();
    }
  }

  /**
   * Asks once, and not at all while others of this object wait.
   *
   * @returns the permit, or `undefined` if none is free
   * @throws {InvalidWeightError}; what the client rejects with
   */
  async tryAcquire(
    options: { weight?: number | undefined } = {},
  ): Promise<RedisPermit | undefined> {
    const { weight = 1 } = options;
    checkWeight(weight, this.limit);
    using turn = this.#turn.tryAcquire();
    if (!turn) return undefined;
    const lease = new Lease(this.#terms, weight);
    const granted = await lease.request();
    return granted ? this.#permit(lease, weight) : undefined;
  }

  /**
   * Waits for a permit, runs `fn`, and gives the permit back when what `fn`
   * returned has settled. `fn` gets the permit: hand its `signal` on, which aborts
   * when the lease is lost.
   *
   * @returns what `fn` returned, awaited
   * @throws whatever `fn` throws or rejects with; what
   *   {@link RedisSemaphore.acquire} rejects with
   */
  withPermit<R>(
    fn: (permit: RedisPermit) => R,
    options?: RedisAcquireOptions,
  ): Promise<Awaited<R>> {
    return withPermit(this, fn, options);
  }

  /**
   * Returns a function like `fn` that runs under this semaphore: it passes on
   * `this` and its arguments, and each call waits for a permit of its own.
   *
   * @throws {InvalidArgumentError} if `fn` is not a function
   */
  wrap<T, A extends unknown[], R>(
    fn: (this: T, ...args: A) => R,
  ): (this: T, ...args: A) => Promise<Awaited<R>> {
    return wrap(this, fn);
  }

  /** Whoever gives up asking also gives up what it may be granted later. */
  async #request(lease: Lease, ended: AbortSignal): Promise<boolean> {
    const request = lease.request();
    let granted;
    try {
      granted = await unlessAborted(request, ended);
    } catch (error) {
      const giveUp = () => lease.giveUp();
      void request.then(giveUp, giveUp);
      if (wasInterrupted(error)) return false;
      throw error;
    }
    if (granted && ended.aborted) {
      void lease.giveUp();
      ended.throwIfAborted();
    }
    return granted;
  }

  /** Until a permit of this object comes back, or for about the interval. */
  #pause(ended: AbortSignal): Promise<void> {
    const interval = this.#retryInterval * (0.75 + Math.random() / 2);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, interval);
    });
    return unlessAborted(pause, ended).finally(() => clearTimeout(timer));
  }

  #permit(lease: Lease, weight: number): RedisPermit {
    return new RedisPermit(lease, weight, () => this.#wake?.());
  }

  #describe(): string {
    const { name, limit } = this;
    return `not enough of the ${limit} of ${JSON.stringify(name)} are free, or Redis does not answer`;
  }
}

/** Settles as `promise` does, unless the signal aborts first. */
function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
    });
  });
}

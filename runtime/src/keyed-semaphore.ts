import type { Permit } from "./permit.js";
import {
  Semaphore,
  type AcquireOptions,
  type SemaphoreOptions,
  type TryAcquireOptions,
} from "./semaphore.js";

/**
 * A semaphore of the same limit for every key: at most `limit` permits are out
 * per key, and keys don't wait for each other. With a limit of 1, a lock per key.
 *
 * A key takes memory only while a permit of it is out or somebody waits for one,
 * so there may be any number of them, such as user or file names. Keys are told
 * apart as a `Map` does. It is dropped a tick after its last permit came back.
 *
 * Fairness, cancel safety and cost are those of {@link Semaphore}, per key.
 *
 * @example
 * ```ts
 * const perUser = new KeyedSemaphore<string>(2);
 *
 * async function handle(request: Request) {
 *   using permit = await perUser.acquire(request.user, { timeout: 1000 });
 *   return await respond(request);
 * }
 * ```
 */
export class KeyedSemaphore<K> {
  readonly #limit: number;
  readonly #options: SemaphoreOptions | undefined;
  readonly #semaphores = new Map<K, Semaphore>();

  /**
   * @param limit how many permits of one key may be out at once: a positive
   *   integer or `Infinity`
   * @param options of each key's semaphore
   * @throws {InvalidLimitError} for anything else
   */
  constructor(limit: number, options?: SemaphoreOptions) {
    this.#limit = new Semaphore(limit, options).limit;
    this.#options = options;
  }

  /** How many keys have a permit out or somebody waiting. */
  get size(): number {
    return this.#semaphores.size;
  }

  /** How many permits of `key` are out, each counted by its weight. */
  inUse(key: K): number {
    return this.#semaphores.get(key)?.inUse ?? 0;
  }

  /** How many callers wait for a permit of `key`. */
  pending(key: K): number {
    return this.#semaphores.get(key)?.pending ?? 0;
  }

  /** {@link Semaphore.acquire} for `key`. */
  acquire(key: K, options?: AcquireOptions): Promise<Permit> {
    return this.#with(key, (semaphore) => semaphore.acquire(options));
  }

  /** {@link Semaphore.tryAcquire} for `key`. */
  tryAcquire(key: K, options?: TryAcquireOptions): Permit | undefined {
    return this.#with(key, (semaphore) => semaphore.tryAcquire(options));
  }

  /** {@link Semaphore.withPermit} for `key`. */
  withPermit<R>(
    key: K,
    fn: (permit: Permit) => R,
    options?: AcquireOptions,
  ): Promise<Awaited<R>> {
    return this.#with(key, (semaphore) => semaphore.withPermit(fn, options));
  }

  #with<T>(key: K, use: (semaphore: Semaphore) => T): T {
    const known = this.#semaphores.get(key);
    if (known) return use(known);
    const semaphore = new Semaphore(this.#limit, this.#options);
    this.#semaphores.set(key, semaphore);
    try {
      return use(semaphore);
    } finally {
      void this.#dropWhenIdle(key, semaphore);
    }
  }

  async #dropWhenIdle(key: K, semaphore: Semaphore): Promise<void> {
    do await semaphore.onIdle();
    while (semaphore.inUse > 0 || semaphore.pending > 0);
    this.#semaphores.delete(key);
  }
}

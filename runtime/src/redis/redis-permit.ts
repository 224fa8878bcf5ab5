/// <reference lib="esnext.disposable" preserve="true" />

import type { Lease } from "./lease.js";

/**
 * A permit that is a lease: renewed while it is held, and lost when Redis can't
 * be reached for too long, or has forgotten it.
 *
 * ```ts
 * await using permit = await semaphore.acquire();
 * await work({ signal: permit.signal });
 * ```
 */
export class RedisPermit implements AsyncDisposable {
  readonly #lease: Lease;
  readonly #onReleased: () => void;
  #released = false;

  /** How much of the limit this permit takes up. */
  readonly weight: number;

  /**
   * Greater than that of every permit of the semaphore granted before: the
   * server's time in microseconds, or one more than the last. With a limit of 1,
   * a store that refuses what bears a smaller token than it has seen is safe from
   * a holder that doesn't know that its lease is lost.
   */
  readonly token: number;

  /**
   * Aborts with a {@link LeaseLostError} when the lease is lost, before anybody
   * else can have it, as long as this process is responsive. Never aborts after
   * the release.
   */
  readonly signal: AbortSignal;

  /** @internal */
  constructor(lease: Lease, weight: number, onReleased: () => void) {
    this.#lease = lease;
    this.#onReleased = onReleased;
    this.weight = weight;
    this.token = lease.token;
    this.signal = lease.signal;
  }

  /** Whether this permit has been given back. */
  get released(): boolean {
    return this.#released;
  }

  /**
   * Gives the permit back. Idempotent. Never rejects: when Redis can't be
   * reached, it resolves once the lease has expired there.
   *
   * @returns whether the permit was still held and Redis has taken it back
   */
  async release(): Promise<boolean> {
    if (this.#released) return false;
    this.#released = true;
    const held = await this.#lease.end();
    this.#onReleased();
    return held;
  }

  /** {@link RedisPermit.release}, called by `await using` at the end of its block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}

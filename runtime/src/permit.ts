/// <reference lib="esnext.disposable" preserve="true" />

/** The operation by which a permit goes home; not part of the public API. */
export const giveBack = Symbol("giveBack");

/** Where a permit goes home to. */
export interface PermitOwner {
  [giveBack](weight: number): void;
}

/**
 * The right to be one of the `limit` callers inside a semaphore.
 *
 * A permit comes from {@link Semaphore.acquire} and its kin, never from `new`.
 * It counts as in use until it is released, however long that takes and
 * whatever happens to the caller, so let the language release it:
 *
 * ```ts
 * using permit = await semaphore.acquire();
 * await work(); // released at the end of the block, also when this throws
 * ```
 */
export class Permit implements Disposable {
  #owner: PermitOwner | undefined;

  /** @internal */
  constructor(
    owner: PermitOwner,
    /** How much of the limit this permit takes up. */
    readonly weight: number,
  ) {
    this.#owner = owner;
  }

  /**
   * Whether this permit has been given back.
   */
  get released(): boolean {
    return this.#owner === undefined;
  }

  /**
   * Gives the permit back. The first waiter in line, if any, gets it at once:
   * nobody can slip in between.
   *
   * Idempotent: the first call returns `true`; every later one does nothing and
   * returns `false`. Never throws. O(1).
   *
   * @example
   * ```ts
   * const permit = await semaphore.acquire();
   * try {
   *   await work();
   * } finally {
   *   permit.release();
   * }
   * ```
   */
  release(): boolean {
    const owner = this.#owner;
    if (owner === undefined) return false;
    this.#owner = undefined;
    owner[giveBack](this.weight);
    return true;
  }

  /**
   * {@link Permit.release}, called by `using` at the end of its block.
   */
  [Symbol.dispose](): void {
    this.release();
  }

  /** @internal */
  declare readonly then: undefined;
  static {
    // Every promise that resolves with a permit asks whether it is a thenable.
    // Found here, the answer costs no walk to the end of the prototype chain.
    Object.defineProperty(this.prototype, "then", { value: undefined });
  }
}

/// <reference lib="esnext.disposable" preserve="true" />

import { isInteger } from "./check.js";
import { InvalidWeightError } from "./errors.js";

// Not part of the public API. Registered, since a program may load this package
// twice, by import and by require, and mix what it gets.

/** The operation by which a permit goes home. */
export const giveBack: unique symbol = Symbol.for("semaphore-guard.giveBack");
/** Tells an owner who wants to know that `part` has been split off `whole`. */
export const onSplit: unique symbol = Symbol.for("semaphore-guard.onSplit");

// Private by symbol: a `#field` costs an uncontended `withPermit` a fifth.
const OWNER = Symbol("owner");
const WEIGHT = Symbol("weight");

/** Where a permit goes home to. */
export interface PermitOwner {
  /** `forever`: the limit shrinks by what comes back. */
  [giveBack](weight: number, forever: boolean, permit?: Permit): void;
  [onSplit]?: (whole: Permit, part: Permit) => void;
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
  /** @internal */
  declare [OWNER]: PermitOwner | undefined;
  /** @internal */
  declare [WEIGHT]: number;

  /** @internal */
  constructor(owner: PermitOwner, weight: number) {
    this[OWNER] = owner;
    this[WEIGHT] = weight;
  }

  /**
   * How much of the limit this permit takes up.
   */
  get weight(): number {
    return this[WEIGHT];
  }

  /**
   * Whether this permit has been given back.
   */
  get released(): boolean {
    return this[OWNER] === undefined;
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
    return end(this, false);
  }

  /**
   * Takes the permit out of circulation: it is no longer in use, and the
   * semaphore's limit is less by its weight. For a resource that is gone, such as
   * a connection that broke and won't be replaced.
   *
   * Counts as the release: `true` the first time, `false` and no effect when the
   * permit has been released or forgotten. Never throws.
   *
   * @example
   * ```ts
   * if (connection.broken) permit.forget(); // one connection fewer from now on
   * ```
   */
  forget(): boolean {
    return end(this, true);
  }

  /**
   * Splits `weight` off into a permit of its own, to be released apart from the
   * rest. Takes nothing from the semaphore and gives nothing back. O(1).
   *
   * @param weight a positive integer less than this permit's weight
   * @throws {InvalidWeightError} for anything else, and after the release; the
   *   permit then stays whole
   *
   * @example
   * ```ts
   * using both = await semaphore.acquire({ weight: 2 });
   * using one = both.split(1);
   * ```
   */
  split(weight: number): Permit {
    const owner = this[OWNER];
    if (!owner || !isInteger(weight, 1) || weight >= this[WEIGHT]) {
      throw new InvalidWeightError(
        weight,
        owner
          ? `less than the permit's own, ${this[WEIGHT]}`
          : "of a permit not yet released",
      );
    }
    this[WEIGHT] -= weight;
    const part = new Permit(owner, weight);
    owner[onSplit]?.(this, part);
    return part;
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

function end(permit: Permit, forever: boolean): boolean {
  const owner = permit[OWNER];
  if (!owner) return false;
  permit[OWNER] = undefined;
  owner[giveBack](permit[WEIGHT], forever, permit);
  return true;
}

import { giveBack, onSplit, type Permit } from "./permit.js";
import type { AcquireOptions, Semaphore } from "./semaphore.js";

/** What somebody wants to know of a semaphore; `C` is what it keeps of a request. */
export interface Hooks<C> {
  /** Somebody asks for a permit. */
  requested(weight: number): C;
  granted(permit: Permit, context: C): void;
  refused?(reason: unknown, context: C): void;
  /** A permit came home; which one is unknown when it had leaked. */
  released(permit: Permit | undefined, weight: number): void;
  split(whole: Permit, part: Permit): void;
}

/**
 * Calls `hooks` on all that happens to a semaphore's permits from now on. What
 * nobody intercepts pays nothing for it, and interceptions may be stacked.
 */
export function intercept<C>(semaphore: Semaphore, hooks: Hooks<C>): void {
  const acquire = semaphore.acquire.bind(semaphore);
  semaphore.acquire = async (options) => {
    const context = hooks.requested(options?.weight ?? 1);
    let permit: Permit;
    try {
      permit = await acquire(options);
    } catch (reason) {
      hooks.refused?.(reason, context);
      throw reason;
    }
    hooks.granted(permit, context);
    return permit;
  };

  const tryAcquire = semaphore.tryAcquire.bind(semaphore);
  semaphore.tryAcquire = (options) => {
    const context = hooks.requested(options?.weight ?? 1);
    const permit = tryAcquire(options);
    if (permit) hooks.granted(permit, context);
    else hooks.refused?.(undefined, context);
    return permit;
  };

  const withPermit = semaphore.withPermit.bind(semaphore);
  semaphore.withPermit = async <R>(
    fn: (permit: Permit) => R,
    options?: AcquireOptions,
  ): Promise<Awaited<R>> => {
    if (typeof fn !== "function") return withPermit(fn, options);
    const context = hooks.requested(options?.weight ?? 1);
    let called = false;
    try {
      return await withPermit((permit) => {
        called = true;
        hooks.granted(permit, context);
        return fn(permit);
      }, options);
    } catch (reason) {
      if (!called) hooks.refused?.(reason, context);
      throw reason;
    }
  };

  const takeBack = semaphore[giveBack].bind(semaphore);
  semaphore[giveBack] = (weight, forever, permit) => {
    hooks.released(permit, weight);
    takeBack(weight, forever, permit);
  };

  const tellSplit = semaphore[onSplit]?.bind(semaphore);
  semaphore[onSplit] = (whole, part) => {
    tellSplit?.(whole, part);
    hooks.split(whole, part);
  };
}

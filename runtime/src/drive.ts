import { onAbort } from "./abort.js";
import { checkFunction, checkLimit } from "./check.js";
import { isGovernor, type Governor, type GovernorToken } from "./governor.js";
import { progressOf, type MapLimitOptions } from "./map-options.js";
import { plainPromise } from "./plain-promise.js";
import { close, open } from "./source.js";

/**
 * Calls `fn` for every item, at most `limit` calls at a time, and puts what they
 * return into `results`, if given, in the order of the items. The first failure
 * rejects, and nothing starts after it.
 */
export function drive<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number | Governor,
  fn: (item: T, index: number) => R,
  { signal, onProgress }: MapLimitOptions = {},
  results?: Awaited<R>[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    checkFunction("fn", fn);
    const governor = isGovernor(limit) ? limit : undefined;
    const width = governor ? Infinity : checkLimit(limit);
    signal?.throwIfAborted();
    if (onProgress !== undefined) checkFunction("onProgress", onProgress);
    const source = open(items);
    const progress = onProgress && progressOf(items, onProgress);

    let started = 0;
    let running = 0;
    let over = false;
    /** Nothing is left to take from the source, nor to close. */
    let exhausted = false;
    let onVacancy: (() => void) | undefined;
    const unwanted = governor && new AbortController();
    const unwatch = signal && onAbort(signal, () => fail(signal.reason));

    if (governor || source.isAsync) {
      void dispatch();
    } else {
      while (running < width && !exhausted && !over) lane(source.iterator);
    }

    /**
     * One call after the other until nothing is left; `width` lanes side by side.
     * Reactions made once a lane rather than `await`, which makes its own for
     * each call: that is a fifth of the time of a short one.
     */
    function lane(iterator: Iterator<T>): void {
      let index = 0;
      running++;
      advance();

      function advance(report?: () => void): void {
        try {
          if (!over) report?.();
          if (!exhausted && !over) {
            const step = take(iterator);
            if (!exhausted && !over) {
              index = reserve();
              const call = plainPromise(fn(step.value as T, index));
              void call.then(settled, fail);
              return;
            }
          }
        } catch (error) {
          fail(error);
        }
        running--;
        finishIfDone();
      }

      function settled(result: Awaited<R>): void {
        if (results) results[index] = result;
        advance(progress);
      }
    }

    /**
     * Takes for everybody: an async iterator need not bear to be asked for two
     * items at once, and a governor knows only after the taking who may start.
     */
    async function dispatch(): Promise<void> {
      try {
        while (!over) {
          if (running === width) {
            await new Promise<void>((resolve) => (onVacancy = resolve));
            if (over) return;
          }
          const step = source.isAsync
            ? await takeAsync(source.iterator)
            : take(source.iterator);
          if (exhausted || over) break;
          const token = await governor?.acquire({ signal: unwanted!.signal });
          if (over) token?.release();
          else void call(step.value as T, token);
        }
      } catch (error) {
        fail(error);
      }
      finishIfDone();
    }

    async function call(
      item: T,
      token: GovernorToken | undefined,
    ): Promise<void> {
      running++;
      const index = reserve();
      try {
        try {
          const result = await fn(item, index);
          if (results) results[index] = result;
        } finally {
          token?.release();
        }
        if (progress && !over) progress();
      } catch (error) {
        fail(error);
      }
      running--;
      onVacancy?.();
      finishIfDone();
    }

    function take(iterator: Iterator<T>): IteratorResult<T> {
      // An iterator that is running, as when it aborts our own signal, can't be
      // closed; one that has thrown needs no closing.
      exhausted = true;
      const step = iterator.next();
      exhausted = step.done === true;
      if (over && !exhausted) void close(iterator);
      return step;
    }

    async function takeAsync(
      iterator: AsyncIterator<T>,
    ): Promise<IteratorResult<T>> {
      try {
        const step = await iterator.next();
        exhausted = step.done === true;
        return step;
      } catch (error) {
        // At once: a call that ends before this gets through would find the
        // source exhausted, and all done.
        exhausted = true;
        fail(error);
        throw error;
      }
    }

    /** Writing far beyond the end would turn the array into a hash table. */
    function reserve(): number {
      results?.push(undefined as Awaited<R>);
      return started++;
    }

    function fail(reason: unknown): void {
      if (over) return;
      over = true;
      unwatch?.();
      unwanted?.abort();
      if (!exhausted) void close(source.iterator);
      reject(reason);
    }

    function finishIfDone(): void {
      if (over || !exhausted || running > 0) return;
      over = true;
      unwatch?.();
      resolve();
    }
  });
}

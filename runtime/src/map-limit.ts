import { checkFunction } from "./check.js";
import { drive } from "./drive.js";
import type { Governor } from "./governor.js";
import type { MapLimitOptions } from "./map-options.js";

/**
 * What an item is where the items are `any`: `any` as well, as it is for
 * `Array.prototype.map`. Nothing can be inferred from it, and `unknown` would
 * reject callbacks that the array took.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Unchecked = any;

/**
 * `Promise.all(items.map(fn))` with at most `limit` calls of `fn` running at a
 * time. Results come in the order of the items.
 *
 * **Laziness.** An item is taken from `items` only when a call can start: with a
 * number for `limit`, never more than `limit` are ahead of the results. With a
 * semaphore, one more: it is taken first, so that no permit waits for a slow
 * source. An async iterable is asked for one item at a time.
 *
 * **Failure.** The first call that throws or rejects rejects the whole, at once.
 * Nothing starts after that, the source's iterator is closed, and later
 * rejections of calls that still run are swallowed, as `Promise.all` does.
 *
 * **Cost.** O(1) per item; memory for the results and `limit` calls.
 *
 * @param items an iterable or async iterable, endless ones included as long as
 *   `fn` or `signal` ends them
 * @param limit how many calls may run at once: a positive integer or `Infinity`;
 *   or a `Semaphore`, whose permits are then shared with all its other users, or
 *   another {@link Governor}
 * @param fn gets the item and its index; may be synchronous
 * @returns what the calls returned, awaited, in the order of the items
 * @throws what the first failing call, or the source, throws; `signal.reason`;
 *   {@link InvalidLimitError}; {@link InvalidArgumentError} if `items` can't be
 *   iterated or `fn` can't be called
 *
 * @example
 * ```ts
 * import { mapLimit } from "semaphore-guard";
 *
 * const pages = await mapLimit(urls, 8, async (url) => {
 *   const response = await fetch(url);
 *   return response.text();
 * });
 * ```
 */
export function mapLimit<T = Unchecked, R = unknown>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number | Governor,
  fn: (item: T, index: number) => R,
  options?: MapLimitOptions,
): Promise<Awaited<R>[]> {
  const results: Awaited<R>[] = [];
  return drive(items, limit, fn, options, results).then(() => results);
}

/**
 * {@link mapLimit} for the effects: keeps no results, so an endless source takes
 * no more memory than its calls.
 *
 * @returns when all calls have succeeded
 * @throws as {@link mapLimit} does
 *
 * @example
 * ```ts
 * await forEachLimit(messages, 4, (message) => handle(message), { signal });
 * ```
 */
export function forEachLimit<T = Unchecked>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number | Governor,
  fn: (item: T, index: number) => unknown,
  options?: MapLimitOptions,
): Promise<void> {
  return drive(items, limit, fn, options);
}

/**
 * {@link mapLimit} for when each failure counts by itself: `Promise.allSettled`,
 * bounded. A call that throws or rejects stops nothing; its outcome says so.
 *
 * @returns the outcomes of all calls, in the order of the items
 * @throws what the source throws; `signal.reason`; {@link InvalidLimitError};
 *   {@link InvalidArgumentError}
 *
 * @example
 * ```ts
 * for (const outcome of await mapSettled(urls, 8, fetchPage)) {
 *   if (outcome.status === "rejected") console.error(outcome.reason);
 * }
 * ```
 */
export async function mapSettled<T = Unchecked, R = unknown>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number | Governor,
  fn: (item: T, index: number) => R,
  options?: MapLimitOptions,
): Promise<PromiseSettledResult<Awaited<R>>[]> {
  checkFunction("fn", fn);
  return mapLimit(items, limit, attempt, options);

  async function attempt(
    item: T,
    index: number,
  ): Promise<PromiseSettledResult<Awaited<R>>> {
    try {
      return { status: "fulfilled", value: await fn(item, index) };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  }
}

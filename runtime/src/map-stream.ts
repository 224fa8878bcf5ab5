import { onAbort } from "./abort.js";
import { checkFunction, checkLimit } from "./check.js";
import { drive } from "./drive.js";
import { isGovernor, type Governor } from "./governor.js";
import { countOf, type MapLimitOptions } from "./map-options.js";
import { close, open } from "./source.js";

export interface MapStreamOptions extends MapLimitOptions {
  /**
   * Whether results come in the order of the items, which is the default, or as
   * they are ready.
   */
  ordered?: boolean | undefined;

  /**
   * How many items may be under way at most: in a call of `fn`, or done and not
   * yet read. A positive integer or `Infinity`; the limit by default, or 16 with
   * a governor that names none. More of them hide an uneven consumer.
   */
  backpressure?: number | undefined;
}

/** How much runs ahead of the reader where the governor can't tell. */
const AHEAD = 16;

/**
 * {@link mapLimit} that hands out each result as soon as it may, as an async
 * iterable, and goes on only as fast as it is read.
 *
 * **Laziness.** Nothing starts before the first result is asked for. From then on
 * calls run ahead of the reader, `backpressure` items at most. An async iterable
 * is asked for one item at a time.
 *
 * **Failure.** The first call that throws or rejects ends the stream: nothing
 * starts after it, the source's iterator is closed, and the signal that `fn` got
 * aborts. The failure comes in its place: when ordered, after the results of all
 * items before it, else after those that were ready. For a stream that goes on,
 * catch in `fn`.
 *
 * **Cancel safety.** Leaving the loop early, by `break` or by throwing, starts
 * nothing more, closes the source, aborts the signal that `fn` got, and waits
 * until what runs has ended, so that nothing goes on behind the loop's back. It
 * doesn't wait for an item that the source has yet to deliver. Aborting `signal`
 * makes the next read reject with its reason, and drops what was not yet read.
 *
 * **Cost.** O(1) per item; memory for `backpressure` results.
 *
 * @param items an iterable or async iterable, endless ones included
 * @param limit how many calls may run at once: a positive integer or `Infinity`;
 *   or a `Semaphore`, whose permits are then shared with all its other users, or
 *   another {@link Governor}. A result not yet read holds no permit
 * @param fn gets the item, its index and a signal that aborts when its result is
 *   no longer wanted; may be synchronous
 * @returns an iterator of the results, awaited, to be read once. Reads may overlap
 * @throws {InvalidLimitError} and {@link InvalidArgumentError}, at once. Reading
 *   rejects with what the failing call, or the source, throws, or `signal.reason`
 *
 * @example
 * ```ts
 * import { mapStream } from "semaphore-guard";
 *
 * const pages = mapStream(urls, 8, (url, _index, signal) => fetch(url, { signal }));
 * for await (const page of pages) {
 *   if (page.status === 404) break; // aborts the fetches that still run
 * }
 * ```
 */
export function mapStream<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number | Governor,
  fn: (item: T, index: number, signal: AbortSignal) => R,
  options: MapStreamOptions = {},
): AsyncIterableIterator<Awaited<R>> {
  type Result = IteratorResult<Awaited<R>>;
  const { signal, onProgress, ordered = true, backpressure } = options;
  checkFunction("fn", fn);
  if (onProgress !== undefined) checkFunction("onProgress", onProgress);
  if (!isGovernor(limit)) checkLimit(limit);
  if (backpressure !== undefined) checkLimit(backpressure, 1, "backpressure");
  const { iterator } = open(items);

  const controller = new AbortController();
  /** Results, and the failure, by the place where they are read. */
  const ready = new Map<number, Promise<Result>>();
  const reads: ((result: Result | Promise<Result>) => void)[] = [];
  let begun = false;
  let taken = 0;
  let started = 0;
  let finished = 0;
  let read = 0;
  /** The first place that has nothing more to read. */
  let end = Infinity;
  let running = 0;
  /** Whether the source still owes us an item. */
  let asked = false;
  let closing: Promise<void> | undefined;
  let onRoom: (() => void) | undefined;
  let quiet: { promise: Promise<void>; resolve: () => void } | undefined;

  /** The source, which yields no faster than the results are read. */
  const paced = {
    size: countOf(items),
    async next(): Promise<IteratorResult<T>> {
      while (taken - read >= room() && end === Infinity) {
        await new Promise<void>((resolve) => (onRoom = resolve));
      }
      if (end !== Infinity) return { done: true, value: undefined };
      asked = true;
      try {
        const step = await iterator.next();
        if (!step.done) taken++;
        return step;
      } finally {
        asked = false;
      }
    },
    return(): Promise<IteratorResult<T>> {
      closing ??= close(iterator);
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };

  function room(): number {
    return (
      backpressure ??
      (typeof limit === "number" ? limit : Math.max(1, limit.limit ?? AHEAD))
    );
  }

  function begin(): void {
    begun = true;
    if (signal?.aborted) {
      closing = close(iterator);
      stop(signal.reason);
      return;
    }
    const unwatch = signal && onAbort(signal, () => stop(signal.reason));
    drive(paced, limit, call, { signal: controller.signal, onProgress })
      .then(
        () => {
          end = Math.min(end, started);
          flush();
        },
        (error: unknown) => {
          fail(ordered ? started : finished, error);
          controller.abort(error);
        },
      )
      .finally(unwatch);
  }

  async function call(item: T, index: number): Promise<void> {
    running++;
    started++;
    try {
      const value = await fn(item, index, controller.signal);
      put(
        ordered ? index : finished++,
        Promise.resolve({ value, done: false }),
      );
    } catch (error) {
      fail(ordered ? index : finished++, error);
      throw error;
    } finally {
      if (--running === 0) quiet?.resolve();
    }
  }

  function put(place: number, result: Promise<Result>): void {
    if (place >= end) return;
    ready.set(place, result);
    flush();
  }

  function fail(place: number, reason: unknown): void {
    if (place >= end) return;
    end = place + 1;
    const failure = Promise.reject<Result>(reason);
    failure.catch(() => {}); // nobody need read so far
    ready.set(place, failure);
    flush();
  }

  /** Ends the stream at the next read. */
  function stop(reason: unknown): void {
    ready.clear();
    fail(read, reason);
    controller.abort(reason);
  }

  function flush(): void {
    while (reads.length > 0) {
      const result = ready.get(read);
      if (result) {
        ready.delete(read++);
        reads.shift()!(result);
        onRoom?.();
      } else if (read >= end) {
        reads.shift()!({ done: true, value: undefined });
      } else {
        return;
      }
    }
    if (end !== Infinity) onRoom?.();
  }

  return {
    next() {
      return new Promise((resolve) => {
        reads.push(resolve);
        if (begun) flush();
        else begin();
      });
    },
    async return() {
      begun = true;
      ready.clear();
      end = read;
      flush();
      controller.abort();
      closing ??= close(iterator);
      if (running > 0) await (quiet ??= defer()).promise;
      if (!asked) await closing;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function defer(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((yes) => (resolve = yes));
  return { promise, resolve };
}

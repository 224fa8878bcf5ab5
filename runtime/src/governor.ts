import { checkFunction } from "./check.js";
import { InvalidArgumentError } from "./errors.js";
import { close } from "./source.js";

/** What a {@link Governor} hands out: a right to run, until it is released. */
export interface GovernorToken {
  /** Gives it back. Called once. */
  release(): unknown;
}

/**
 * Anything that decides who may run, and when: the interface of the same name in
 * the TC39 proposal for concurrency control. A {@link Semaphore} is one; a limit
 * that adapts to the load, or that many machines share, may be another. All that
 * takes a limit here takes a governor for it.
 *
 * @example
 * ```ts
 * // 10 a second, however long they take.
 * const perSecond: Governor = {
 *   async acquire({ signal } = {}) {
 *     await setTimeout(100, undefined, { signal });
 *     return { release() {} };
 *   },
 * };
 * await mapLimit(urls, perSecond, fetchPage);
 * ```
 */
export interface Governor {
  /**
   * Waits for a token. `signal` aborts when the token is no longer wanted: the
   * governor may reject then. It need not heed it: a token that comes
   * nevertheless is released unused.
   */
  acquire(options?: {
    signal?: AbortSignal | undefined;
  }): Promise<GovernorToken>;

  /** How many may run at once, if it can tell. */
  readonly limit?: number;
}

export function isGovernor(value: unknown): value is Governor {
  return (
    typeof value === "object" &&
    typeof (value as Partial<Governor> | null)?.acquire === "function"
  );
}

/**
 * An iterator of the same values that waits for a token before each one is
 * fetched, and gives it back when the value is there. Several such iterators
 * share the governor's limit, and so does a concurrent consumer of a single one.
 * It is `wrapIterator` of the TC39 proposal.
 *
 * Values come in the order in which the iterator yields them. When it throws,
 * so does this, and the token comes back. `return` closes the iterator, without
 * a token.
 *
 * @throws {InvalidArgumentError} for an iterator that is none
 *
 * @example
 * ```ts
 * const downloads = new Semaphore(2);
 * for await (const page of wrapIterator(downloads, pagesOf(site))) index(page);
 * ```
 */
export function wrapIterator<T>(
  governor: Governor,
  iterator: Iterator<T> | AsyncIterator<T>,
): AsyncIterableIterator<T> {
  if (!isGovernor(governor)) {
    throw new InvalidArgumentError(
      "governor",
      "a Semaphore or other governor",
      governor,
    );
  }
  const { next } = (iterator as { next?: unknown } | undefined) ?? {};
  checkFunction("iterator.next", next);
  return {
    async next() {
      const token = await governor.acquire();
      try {
        return await iterator.next();
      } finally {
        token.release();
      }
    },
    async return() {
      await close(iterator);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

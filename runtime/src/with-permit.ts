import { checkFunction } from "./check.js";

/** What hands out permits that come back by a message, or at once. */
export interface Lender<P, O> {
  acquire(options?: O): Promise<P>;
}

/**
 * Waits for a permit, runs `fn`, and gives the permit back when what `fn`
 * returned has settled. When the signal aborts before `fn` has been called, it
 * never is.
 *
 * @throws {InvalidArgumentError} if `fn` is not a function; what `acquire` rejects
 *   with; what `fn` throws or rejects with
 */
export async function withPermit<
  P extends { release(): unknown },
  O extends { signal?: AbortSignal | undefined },
  R,
>(
  lender: Lender<P, O>,
  fn: (permit: P) => R,
  options?: O,
): Promise<Awaited<R>> {
  checkFunction("fn", fn);
  const permit = await lender.acquire(options);
  try {
    options?.signal?.throwIfAborted();
    return await fn(permit);
  } finally {
    await permit.release();
  }
}

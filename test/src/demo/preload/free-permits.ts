import { Mutex, Semaphore as AsyncMutexSemaphore } from "async-mutex";
import { Sema } from "async-sema";
import { Semaphore } from "semaphore-guard";

/** The limiters that the sample project uses. */
export type Limiter = AsyncMutexSemaphore | Mutex | Sema | Semaphore;

/** How many permits a limiter could give out at once, right now. */
export function freePermits(limiter: Limiter): number {
  if (limiter instanceof Semaphore) {
    return limiter.available;
  }
  if (limiter instanceof AsyncMutexSemaphore) {
    return limiter.getValue();
  }
  if (limiter instanceof Mutex) {
    return limiter.isLocked() ? 0 : 1;
  }
  return countTokens(limiter);
}

/** async-sema tells nobody how many tokens it has left: take them and count. */
function countTokens(sema: Sema): number {
  const tokens: unknown[] = [];
  for (
    let token: unknown = sema.tryAcquire();
    token !== undefined;
    token = sema.tryAcquire()
  ) {
    tokens.push(token);
  }
  for (const token of tokens) {
    sema.release(token);
  }
  return tokens.length;
}

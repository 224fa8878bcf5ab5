import { InvalidLimitError } from "./errors.js";
import type { Permit } from "./permit.js";
import {
  Semaphore,
  type AcquireOptions,
  type SemaphoreOptions,
} from "./semaphore.js";

/**
 * Mutual exclusion: a {@link Semaphore} of limit 1, for ever.
 *
 * Not reentrant: who holds the lock and acquires it again waits for itself.
 *
 * @example
 * ```ts
 * const file = new Mutex();
 *
 * async function append(line: string) {
 *   using lock = await file.acquire();
 *   await writeFile(path, (await readFile(path, "utf8")) + line);
 * }
 * ```
 */
export class Mutex extends Semaphore {
  constructor(options?: SemaphoreOptions) {
    super(1, options);
  }

  /** Whether somebody holds the lock. */
  get locked(): boolean {
    return this.inUse > 0;
  }

  /**
   * {@link Semaphore.withPermit} under the name a lock has for it.
   */
  runExclusive<R>(
    fn: (permit: Permit) => R,
    options?: AcquireOptions,
  ): Promise<Awaited<R>> {
    return this.withPermit(fn, options);
  }

  /**
   * Pauses with 0 and goes on with 1; anything else would be no mutex.
   *
   * @throws {InvalidLimitError} for anything else
   */
  override resize(limit: 0 | 1): void {
    if (limit > 1) throw new InvalidLimitError("limit", 0, limit);
    super.resize(limit);
  }
}

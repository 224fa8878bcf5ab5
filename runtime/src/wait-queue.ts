import type { Permit } from "./permit.js";
import type { Watch } from "./watch.js";

/**
 * A caller in line for a permit, and its own link in that line.
 *
 * It holds `resolve` and no `reject`: resolving with a rejected promise rejects
 * just as well, and a million waiters are a million function objects lighter.
 */
export class Waiter {
  declare prev: Waiter;
  declare next: Waiter;
  /** What may end the wait other than a permit; absent when nothing can. */
  declare watch: Watch | undefined;
  declare readonly weight: number;
  declare readonly resolve: (permit: Permit | Promise<never>) => void;

  constructor(
    weight: number,
    resolve: (permit: Permit | Promise<never>) => void,
  ) {
    this.prev = this;
    this.next = this;
    this.watch = undefined;
    this.weight = weight;
    this.resolve = resolve;
  }
}

/**
 * Where the ring of the waiters of one priority ends: one whom nobody awaits, and
 * whose weight is that priority.
 */
function newEnd(priority: number): Waiter {
  return new Waiter(priority, () => {});
}

/**
 * Higher priority first; first in, first out within a priority. Leaving is O(1),
 * from the middle too; entering is O(different priorities that wait).
 */
export class WaitQueue {
  size = 0;
  /** Highest priority first. No ring is empty but that of priority 0, which stays. */
  readonly #ends = [newEnd(0)];

  get first(): Waiter | undefined {
    if (this.size === 0) return undefined;
    const end = this.#ends[0]!;
    return end.next === end ? this.#ends[1]!.next : end.next;
  }

  enqueue(waiter: Waiter, priority: number): void {
    const ends = this.#ends;
    let at = 0;
    while (ends[at] && ends[at]!.weight > priority) at++;
    let end = ends[at];
    if (end?.weight !== priority) {
      ends.splice(at, 0, (end = newEnd(priority)));
    }
    waiter.prev = end.prev;
    waiter.next = end;
    end.prev.next = waiter;
    end.prev = waiter;
    this.size++;
  }

  /** The waiter must be in this queue. */
  remove(waiter: Waiter): void {
    const { prev, next, watch } = waiter;
    prev.next = next;
    next.prev = prev;
    this.size--;
    watch?.stop();
    // Whoever is left alone in a ring is its end.
    if (prev === next && prev.weight !== 0) {
      this.#ends.splice(this.#ends.indexOf(prev), 1);
    }
  }
}

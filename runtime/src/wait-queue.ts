import type { Permit } from "./permit.js";

/** What may end a wait other than a permit; absent when nothing can. */
export interface Watch {
  readonly signal: AbortSignal | undefined;
  /** Stops watching. Called once, when the waiter leaves the queue. */
  stop(): void;
}

/**
 * A caller in line for a permit, and its own link in that line.
 *
 * It holds `resolve` and no `reject`: resolving with a rejected promise rejects
 * just as well, and a million waiters are a million function objects lighter.
 */
export class Waiter {
  declare prev: Waiter;
  declare next: Waiter;
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

/** The waiters of one priority: the end of a ring of them, whom nobody awaits. */
class Line extends Waiter {
  constructor(readonly priority: number) {
    super(0, () => {});
  }
}

/**
 * Higher priority first; first in, first out within a priority. Leaving is O(1),
 * from the middle too; entering is O(different priorities that wait).
 */
export class WaitQueue {
  size = 0;
  /** Highest priority first. None is empty but that of priority 0, which stays. */
  readonly #lines = [new Line(0)];

  get first(): Waiter | undefined {
    if (this.size === 0) return undefined;
    const end = this.#lines[0]!;
    return end.next === end ? this.#lines[1]!.next : end.next;
  }

  enqueue(waiter: Waiter, priority: number): void {
    const lines = this.#lines;
    let at = 0;
    while (lines[at] && lines[at]!.priority > priority) at++;
    let end = lines[at];
    if (end?.priority !== priority) {
      lines.splice(at, 0, (end = new Line(priority)));
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
    if (prev === next && prev instanceof Line) this.#drop(prev);
  }

  /** A line in which only its end is left. */
  #drop(line: Line): void {
    if (line.priority === 0) return;
    this.#lines.splice(this.#lines.indexOf(line), 1);
  }
}

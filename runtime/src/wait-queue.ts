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
  prev: Waiter = this;
  next: Waiter = this;
  line: Line | undefined = undefined;
  watch: Watch | undefined = undefined;

  constructor(
    readonly weight: number,
    readonly resolve: (permit: Permit | Promise<never>) => void,
  ) {}
}

/** The waiters of one priority: a ring closed by one that nobody is. */
class Line {
  readonly end = new Waiter(0, () => {});

  constructor(readonly priority: number) {}
}

/**
 * Higher priority first; first in, first out within a priority. Leaving is O(1),
 * from the middle too; entering is O(different priorities that wait).
 */
export class WaitQueue {
  #size = 0;
  /** Highest priority first. None is empty but that of priority 0, which stays. */
  readonly #lines = [new Line(0)];

  get size(): number {
    return this.#size;
  }

  get first(): Waiter | undefined {
    if (this.#size === 0) return undefined;
    const end = this.#lines[0]!.end;
    return end.next === end ? this.#lines[1]!.end.next : end.next;
  }

  enqueue(waiter: Waiter, priority: number): void {
    const line = this.#line(priority);
    const { end } = line;
    waiter.line = line;
    waiter.prev = end.prev;
    waiter.next = end;
    end.prev.next = waiter;
    end.prev = waiter;
    this.#size++;
  }

  /** The waiter must be in this queue. */
  remove(waiter: Waiter): void {
    const { prev, next } = waiter;
    prev.next = next;
    next.prev = prev;
    this.#size--;
    waiter.watch?.stop();
    if (prev === next) this.#drop(waiter.line!);
  }

  #line(priority: number): Line {
    const lines = this.#lines;
    let at = 0;
    while (lines[at] && lines[at]!.priority > priority) at++;
    const found = lines[at];
    if (found?.priority === priority) return found;
    const line = new Line(priority);
    lines.splice(at, 0, line);
    return line;
  }

  #drop(line: Line): void {
    if (line.priority === 0 || line.end.next !== line.end) return;
    this.#lines.splice(this.#lines.indexOf(line), 1);
  }
}

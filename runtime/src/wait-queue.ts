import type { Permit } from "./permit.js";

/** What may end a wait other than a permit; absent when nothing can. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Stops listening. Called once, when the waiter leaves the queue. */
  stop(): void;
}

/**
 * A caller in line for a permit, and its own link in the queue.
 *
 * It holds `resolve` and no `reject`: resolving with a rejected promise rejects
 * just as well, and a million waiters are a million function objects lighter.
 */
export class Waiter {
  prev: Waiter = this;
  next: Waiter = this;
  watch: Watch | undefined = undefined;

  constructor(readonly resolve: (permit: Permit | Promise<never>) => void) {}
}

/** First in, first out; every operation is O(1), leaving from the middle too. */
export class WaitQueue {
  #size = 0;
  /** A ring closed by a waiter nobody is: no end needs a special case. */
  readonly #end = new Waiter(() => {});

  get size(): number {
    return this.#size;
  }

  get first(): Waiter | undefined {
    return this.#size === 0 ? undefined : this.#end.next;
  }

  enqueue(waiter: Waiter): void {
    const end = this.#end;
    waiter.prev = end.prev;
    waiter.next = end;
    end.prev.next = waiter;
    end.prev = waiter;
    this.#size++;
  }

  /** The waiter must be in this queue. */
  remove(waiter: Waiter): void {
    waiter.prev.next = waiter.next;
    waiter.next.prev = waiter.prev;
    this.#size--;
    waiter.watch?.stop();
  }
}

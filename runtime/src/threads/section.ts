import { LOCK } from "./layout.js";

/** About as long as a few operations of others take. */
const SPINS = 500;

/** In a later turn of the event loop: in Node in the next, elsewhere after a while. */
const { setImmediate: soon = setTimeout } = globalThis as {
  setImmediate?: (callback: () => void) => unknown;
};

/**
 * A critical section that threads share. An operation runs at once if the
 * section is free, or gets free within microseconds; otherwise in a later turn
 * of the event loop, in the order of the calls. So no thread ever blocks, and
 * one that has to hear of another's death does hear of it.
 */
export class Section {
  readonly #words: Int32Array;
  readonly #me: number;
  readonly #after: () => void;
  readonly #deferred: (() => void)[] = [];

  /** @param after runs after each operation, outside of the section */
  constructor(words: Int32Array, thread: number, after: () => void) {
    this.#words = words;
    this.#me = thread + 1;
    this.#after = after;
  }

  /** Calls `operation` inside the section, now or as soon as it can be had. */
  run(operation: () => void): void {
    if (this.attempt(operation)) return;
    this.#deferred.push(operation);
    if (this.#deferred.length === 1) this.#retry();
  }

  /** Calls `operation` now or not at all; returns whether it did. */
  attempt(operation: () => void): boolean {
    if (this.#deferred.length > 0 || !this.#enter()) return false;
    this.#perform(operation);
    this.#after();
    return true;
  }

  /**
   * Ends the stay of a thread that died inside. What it left half done,
   * `mend` puts right.
   */
  evict(thread: number, mend: () => void): void {
    const dead = thread + 1;
    const found = Atomics.compareExchange(this.#words, LOCK, dead, this.#me);
    if (found !== dead) return;
    this.#perform(mend);
    this.#after();
  }

  #enter(): boolean {
    const words = this.#words;
    for (let spin = 0; spin < SPINS; spin++) {
      if (
        Atomics.load(words, LOCK) === 0 &&
        Atomics.compareExchange(words, LOCK, 0, this.#me) === 0
      ) {
        return true;
      }
    }
    return false;
  }

  #perform(operation: () => void): void {
    try {
      operation();
    } finally {
      Atomics.store(this.#words, LOCK, 0);
    }
  }

  #retry(): void {
    soon(() => {
      if (!this.#enter()) {
        this.#retry();
        return;
      }
      const operations = this.#deferred.splice(0);
      this.#perform(() => {
        for (const operation of operations) operation();
      });
      this.#after();
    });
  }
}

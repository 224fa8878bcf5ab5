import {
  EMPTY,
  FIRST,
  FREE,
  HELD,
  IN_USE,
  LAST,
  LIMIT,
  NEXT,
  NEXT_TURN,
  NONE,
  OWNER,
  PENDING,
  PLACE,
  PREV,
  REFUSED,
  STATE,
  TENANCY,
  thread,
  THREADS,
  ticketsOf,
  TURN,
  UNLIMITED,
  WAITING,
  WAKE,
  WEIGHT,
} from "./layout.js";

/** What a thread that has gone left behind. */
export interface Estate {
  /** The permits that it held, each counted by its weight. */
  held: number;
  /** How many of its callers waited in line. */
  waiting: number;
}

/**
 * The permits and the line of a semaphore in shared memory. Every method is to
 * be called inside the critical section, but for `notify` and the getters.
 *
 * A thread may die between letting others in and telling them so: who inherits
 * from it wakes all. Each thread sleeps on a word of its own, since one that dies
 * may swallow the wake-up of another that waits on the same (whatwg/html#8276).
 */
export class SharedLine {
  readonly #words: Int32Array;
  readonly #me: number;
  /** The threads to be told of what they were granted. */
  readonly #woken = new Set<number>();

  constructor(words: Int32Array, me: number) {
    this.#words = words;
    this.#me = me;
  }

  get limit(): number {
    return Atomics.load(this.#words, LIMIT);
  }

  get inUse(): number {
    return Atomics.load(this.#words, IN_USE);
  }

  get pending(): number {
    return Atomics.load(this.#words, PENDING);
  }

  state(ticket: number): number {
    return Atomics.load(this.#words, ticket + STATE);
  }

  /** A ticket of a permit that is free, unless somebody waits; else `NONE`. */
  take(weight: number): number {
    const words = this.#words;
    const inUse = words[IN_USE]! + weight;
    if (inUse > words[LIMIT]! || words[PENDING]! > 0) return NONE;
    const ticket = this.#issue(weight, HELD);
    if (ticket !== NONE) words[IN_USE] = inUse;
    return ticket;
  }

  /** A ticket at the end of the line; `NONE` when there are no more tickets. */
  join(weight: number): number {
    const words = this.#words;
    const ticket = this.#issue(weight, WAITING);
    if (ticket !== NONE) this.#append(ticket);
    // Alone in line, it is refused at once if the limit has shrunk below it.
    if (words[PENDING] === 1) this.settle();
    return ticket;
  }

  /** Gives a ticket back whatever its state, and what it held with it. */
  leave(ticket: number): void {
    const words = this.#words;
    const state = words[ticket + STATE]!;
    if (state === EMPTY) return;
    if (state === HELD) words[IN_USE]! -= words[ticket + WEIGHT]!;
    if (state === WAITING) this.#unlink(ticket);
    this.#withdraw(ticket);
    this.settle();
  }

  /** Gives `weight` of what a ticket holds back; `forever`, the limit too. */
  giveBack(ticket: number, weight: number, forever: boolean): void {
    const words = this.#words;
    if (forever && words[LIMIT] !== UNLIMITED) {
      this.#setLimit(Math.max(0, words[LIMIT]! - weight));
    }
    const rest = words[ticket + WEIGHT]! - weight;
    if (rest === 0) {
      this.leave(ticket);
      return;
    }
    Atomics.store(words, ticket + WEIGHT, rest);
    words[IN_USE]! -= weight;
    this.settle();
  }

  resize(limit: number): void {
    this.#setLimit(limit);
    this.settle();
  }

  /** Lets in who has waited longest, for as long as there is room. */
  settle(): void {
    const words = this.#words;
    let first: number;
    while ((first = words[FIRST]!) !== NONE && words[IN_USE]! < words[LIMIT]!) {
      const weight = words[first + WEIGHT]!;
      if (weight > words[LIMIT]!) {
        this.#unlink(first);
        Atomics.store(words, first + STATE, REFUSED);
      } else if (words[IN_USE]! + weight <= words[LIMIT]!) {
        this.#unlink(first);
        words[IN_USE]! += weight;
        Atomics.store(words, first + STATE, HELD);
      } else {
        return;
      }
      // Its own thread too, which may have the same semaphore in two objects.
      this.#wake(words[first + OWNER]!);
    }
  }

  /** Takes back all that dead threads had, and makes room for others. */
  inherit(threads: readonly number[]): Estate {
    const words = this.#words;
    const estate: Estate = { held: 0, waiting: 0 };
    for (const ticket of ticketsOf(words)) {
      const state = words[ticket + STATE]!;
      if (state === EMPTY || !threads.includes(words[ticket + OWNER]!))
        continue;
      if (state === HELD) estate.held += words[ticket + WEIGHT]!;
      if (state === WAITING) estate.waiting++;
      if (state === HELD) words[IN_USE]! -= words[ticket + WEIGHT]!;
      if (state === WAITING) this.#unlink(ticket);
      this.#withdraw(ticket);
    }
    for (const number of threads) {
      words[thread(number) + TENANCY]!++;
      Atomics.store(words, thread(number) + PLACE, 0);
    }
    this.settle();
    this.#wakeAll();
    return estate;
  }

  /**
   * Tells the threads that were let in. Not part of the section, which it would
   * make ten times as long.
   */
  notify(): void {
    for (const number of this.#woken) {
      Atomics.notify(this.#words, thread(number) + WAKE);
    }
    this.#woken.clear();
  }

  /** Works out anew all that follows from the states of the tickets. */
  mend(): void {
    const words = this.#words;
    const waiting: number[] = [];
    words[IN_USE] = 0;
    words[PENDING] = 0;
    words[FIRST] = NONE;
    words[LAST] = NONE;
    words[FREE] = NONE;
    for (const ticket of ticketsOf(words)) {
      const state = Atomics.load(words, ticket + STATE);
      if (state === EMPTY) this.#put(ticket);
      if (state === WAITING) waiting.push(ticket);
      if (state === HELD) words[IN_USE] += words[ticket + WEIGHT]!;
    }
    waiting.sort((a, b) => (words[a + TURN]! - words[b + TURN]!) | 0);
    for (const ticket of waiting) this.#append(ticket);
    this.settle();
    this.#wakeAll();
  }

  #issue(weight: number, state: number): number {
    const words = this.#words;
    const ticket = words[FREE]!;
    if (ticket === NONE) return NONE;
    words[FREE] = words[ticket + NEXT]!;
    words[ticket + OWNER] = this.#me;
    words[ticket + WEIGHT] = weight;
    words[ticket + TURN] = words[NEXT_TURN]!++;
    Atomics.store(words, ticket + STATE, state);
    return ticket;
  }

  #withdraw(ticket: number): void {
    Atomics.store(this.#words, ticket + STATE, EMPTY);
    this.#put(ticket);
  }

  #put(ticket: number): void {
    const words = this.#words;
    words[ticket + NEXT] = words[FREE]!;
    words[FREE] = ticket;
  }

  #append(ticket: number): void {
    const words = this.#words;
    const last = words[LAST]!;
    words[ticket + PREV] = last;
    words[ticket + NEXT] = NONE;
    words[last === NONE ? FIRST : last + NEXT] = ticket;
    words[LAST] = ticket;
    words[PENDING]!++;
  }

  #unlink(ticket: number): void {
    const words = this.#words;
    const prev = words[ticket + PREV]!;
    const next = words[ticket + NEXT]!;
    words[prev === NONE ? FIRST : prev + NEXT] = next;
    words[next === NONE ? LAST : next + PREV] = prev;
    words[PENDING]!--;
  }

  #setLimit(limit: number): void {
    Atomics.store(this.#words, LIMIT, limit);
  }

  #wake(number: number): void {
    Atomics.add(this.#words, thread(number) + WAKE, 1);
    this.#woken.add(number);
  }

  #wakeAll(): void {
    for (let number = 0; number < this.#words[THREADS]!; number++) {
      this.#wake(number);
    }
  }
}

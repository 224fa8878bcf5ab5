/**
 * What stands where in the shared memory of a semaphore: a header, a place for
 * each thread, a ticket for each permit that is out or waited for. All are
 * 32-bit integers, as that is what `Atomics.waitAsync` can wait on.
 *
 * What a ticket's `STATE` and a thread's `PLACE` say is the truth; each changes
 * by one atomic store. All else in the header, and the links of the tickets,
 * follows from it, so that it can be worked out anew when a thread has died in
 * the middle of changing it.
 */
export const LOCK = 0;
export const LIMIT = 1;
export const IN_USE = 2;
export const PENDING = 3;
/** The ticket that has waited longest, and the one that came last. */
export const FIRST = 4;
export const LAST = 5;
/** The first of the tickets that are nobody's; `NEXT` leads to the others. */
export const FREE = 6;
export const NEXT_TURN = 7;
export const THREADS = 8;
export const TICKETS = 9;
const HEADER = 16;

/** 0 while nobody has the place, else the number of the parent plus 2. */
export const PLACE = 0;
/** Tells who has a place from those who had it before. */
export const TENANCY = 1;
/** Changes whenever a ticket of the thread may have changed its state. */
export const WAKE = 2;
const THREAD_SIZE = 4;

export const STATE = 0;
export const OWNER = 1;
export const WEIGHT = 2;
/** When it joined the line, counted by `NEXT_TURN`. */
export const TURN = 3;
export const PREV = 4;
export const NEXT = 5;
const TICKET_SIZE = 6;

/** The states of a ticket. */
export const EMPTY = 0;
export const WAITING = 1;
export const HELD = 2;
/** Too heavy for a limit that has shrunk; its owner has yet to take note. */
export const REFUSED = 3;

/** No ticket. Offset 0 belongs to the header. */
export const NONE = 0;

export const NO_PARENT = 1;

/** A limit that is none. */
export const UNLIMITED = 2 ** 31 - 1;

export function sizeOf(threads: number, tickets: number): number {
  const words = HEADER + threads * THREAD_SIZE + tickets * TICKET_SIZE;
  return words * Int32Array.BYTES_PER_ELEMENT;
}

export function thread(number: number): number {
  return HEADER + number * THREAD_SIZE;
}

export function* ticketsOf(words: Int32Array): Generator<number> {
  const start = thread(words[THREADS]!);
  const end = start + words[TICKETS]! * TICKET_SIZE;
  for (let ticket = start; ticket < end; ticket += TICKET_SIZE) yield ticket;
}

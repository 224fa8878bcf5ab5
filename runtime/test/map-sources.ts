import { Semaphore } from "semaphore-guard";

type Make = <T>(items: Iterable<T>) => Iterable<T> | AsyncIterable<T>;

/** Every kind of source that a map takes. */
export const sources: Record<string, Make> = {
  "an array": (items) => [...items],
  "an iterable": function* (items) {
    yield* items;
  },
  "an async iterable": async function* (items) {
    yield* items;
  },
};

/** Every kind of limit that a map takes. */
export const limiters: Record<string, (limit: number) => number | Semaphore> = {
  "a number": (limit) => limit,
  "a semaphore": (limit) => new Semaphore(limit),
};

export function* range(length: number) {
  for (let i = 0; i < length; i++) yield i;
}

/** For where nothing is to be called. */
export function fail(): never {
  throw new Error("should not have been called");
}

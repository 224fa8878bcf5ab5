import { InvalidArgumentError } from "./errors.js";

export type OpenSource<T> =
  | { isAsync: false; iterator: Iterator<T> }
  | { isAsync: true; iterator: AsyncIterator<T> };

/** Starts iterating `items`; what is async iterable is taken as that first. */
export function open<T>(items: Iterable<T> | AsyncIterable<T>): OpenSource<T> {
  const methods = items as Partial<Iterable<T> & AsyncIterable<T>> | null;
  if (typeof methods?.[Symbol.asyncIterator] === "function") {
    const iterator = methods[Symbol.asyncIterator]!();
    return { isAsync: true, iterator };
  }
  if (typeof methods?.[Symbol.iterator] === "function") {
    const iterator = methods[Symbol.iterator]!();
    return { isAsync: false, iterator };
  }
  throw new InvalidArgumentError("items", "iterable or async iterable", items);
}

/** Closes a source early. That it fails to close is nobody's news by then. */
export async function close<T>(
  iterator: Iterator<T> | AsyncIterator<T>,
): Promise<void> {
  try {
    await iterator.return?.();
  } catch {}
}

/** How far a map has come. */
export interface Progress {
  /** How many calls have succeeded; with `mapSettled`, how many have ended. */
  readonly completed: number;
  /**
   * How many items there are, where the source can tell: by its `length` or
   * `size`, as arrays, sets and maps do. `undefined` for all others.
   */
  readonly total: number | undefined;
}

export interface MapLimitOptions {
  /**
   * Stops the whole: no more items start and the promise rejects with
   * `signal.reason`. What already runs is not interrupted; hand the same signal
   * to it.
   */
  signal?: AbortSignal | undefined;

  /**
   * Called after every call of `fn` that has succeeded, in the order in which
   * they end. When it throws, that is the failure of the whole.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Returns what reports one more call as completed. */
export function progressOf(
  items: unknown,
  onProgress: (progress: Progress) => void,
): () => void {
  const total = countOf(items);
  let completed = 0;
  return () => onProgress({ completed: ++completed, total });
}

/** A string's length is no count of what it yields. */
export function countOf(items: unknown): number | undefined {
  if (typeof items !== "object" || items === null) return undefined;
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((count) => typeof count === "number");
}

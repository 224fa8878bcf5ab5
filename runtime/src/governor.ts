/**
 * Where `mapLimit` may get its permits from: anything that hands them out on
 * request. A `Semaphore` is one.
 */
export interface Governor {
  /**
   * Waits for a permit. `signal` aborts when the permit is no longer wanted; one
   * that arrives nevertheless is released unused.
   */
  acquire(options: { signal: AbortSignal }): Promise<{ release(): unknown }>;
}

export function isGovernor(value: unknown): value is Governor {
  return (
    typeof value === "object" &&
    typeof (value as Partial<Governor> | null)?.acquire === "function"
  );
}

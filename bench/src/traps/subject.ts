/** A library under a common face. What it can't do, it leaves out. */
export interface Limiter {
  /** Runs `fn` under the limit, in the way the library's README shows. */
  run?: (
    fn: () => unknown,
    signal?: AbortSignal,
  ) => Promise<unknown> | undefined;
  acquire?: (options?: {
    signal?: AbortSignal;
    weight?: number;
    timeout?: number;
  }) => Promise<Release>;
  resize?: (limit: number) => void;
  /** Sends away all who wait. */
  clear?: () => void;
  /** Another that gives turns to the event loop, where that is an option. */
  yielding?: () => Limiter;
  /** The same, told to watch for deadlocks, where that is an option. */
  watching?: () => Limiter;
}

/** Gives back what was acquired; a second call is the trap. */
export type Release = () => unknown;

export interface Subject {
  /** On npm. */
  name: string;
  can: { signal?: boolean; weight?: boolean; timeout?: boolean };
  make: (limit: number) => Limiter;
}

import { onAbort } from "./abort.js";
import { AcquireTimeoutError } from "./errors.js";

/** What may end a wait early. */
export interface Watch {
  readonly signal: AbortSignal | undefined;
  /** Stops watching. */
  stop(): void;
}

/** The longest delay a timer takes; beyond it, it would fire at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Watches for what ends a wait early, and calls `end` with the reason. The timer
 * is one of its own and keeps the process alive, unlike that of
 * `AbortSignal.timeout`.
 *
 * @param describe says, for the error, why there was no permit in time
 */
export function watch(
  signal: AbortSignal | undefined,
  timeout: number,
  end: (reason: unknown) => void,
  describe: () => string,
): Watch {
  const unlisten = signal && onAbort(signal, () => end(signal.reason));
  const timer =
    timeout > LONGEST
      ? undefined
      : setTimeout(
          () => end(new AcquireTimeoutError(timeout, describe())),
          timeout,
        );
  return {
    signal,
    stop() {
      unlisten?.();
      clearTimeout(timer);
    },
  };
}

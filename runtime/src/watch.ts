import { onAbort } from "./abort.js";
import type { Watch } from "./wait-queue.js";

/** The longest delay a timer takes; beyond it, it would fire at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Watches for what ends a wait early. The timer is one of its own and keeps the
 * process alive, unlike that of `AbortSignal.timeout`.
 */
export function watch(
  signal: AbortSignal | undefined,
  timeout: number,
  onAborted: () => void,
  onTimeout: () => void,
): Watch {
  const unlisten = signal && onAbort(signal, onAborted);
  const timer = timeout > LONGEST ? undefined : setTimeout(onTimeout, timeout);
  return {
    signal,
    stop() {
      unlisten?.();
      clearTimeout(timer);
    },
  };
}

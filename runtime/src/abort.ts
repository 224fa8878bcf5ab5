/**
 * The callbacks of each signal that anyone waits on. Node's EventTarget looks
 * through all listeners to remove one, so a listener per waiter would make
 * cancelling a shared signal quadratic; a set behind one listener stays linear.
 */
const watched = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` once when `signal` aborts. Returns what stops it. O(1).
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = watched.get(signal);
  if (!callbacks) {
    watched.set(signal, (callbacks = new Set()));
    signal.addEventListener("abort", dispatch);
  }
  const others = callbacks.add(callback);
  return () => {
    others.delete(callback);
    if (others.size > 0) return;
    signal.removeEventListener("abort", dispatch);
    watched.delete(signal);
  };
}

/** One function for all signals: adding it twice to a signal is adding it once. */
function dispatch(event: Event): void {
  for (const callback of watched.get(event.target as AbortSignal) ?? []) {
    callback();
  }
}

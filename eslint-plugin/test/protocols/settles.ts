const turns = 20;
const pending = Symbol("pending");

/**
 * Whether a promise comes to an end of its own accord: after some turns of the
 * event loop whatever still waits, waits for somebody.
 */
export async function settles(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  for (let turn = 0; turn < turns; turn++) {
    const first = await Promise.race([
      settled,
      new Promise((resolve) => setImmediate(resolve, pending)),
    ]);
    if (first !== pending) return true;
  }
  return false;
}

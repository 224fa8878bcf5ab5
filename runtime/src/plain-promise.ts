/**
 * `Promise.resolve(value)`, with the `then` that all promises have: one of its
 * own, as a library may give a promise, need not keep the promises of a promise.
 */
export function plainPromise<T>(value: T): Promise<Awaited<T>> {
  const promise = Promise.resolve(value);
  return promise.then === Promise.prototype.then ? promise : awaited(promise);
}

async function awaited<T>(promise: Promise<T>): Promise<Awaited<T>> {
  return await promise;
}

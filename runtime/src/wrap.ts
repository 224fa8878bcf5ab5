import { checkFunction } from "./check.js";

/** What runs a function under a permit. */
export interface Runner {
  withPermit<R>(fn: () => R): Promise<Awaited<R>>;
}

/**
 * A function like `fn`, each call of which runs under a permit of its own. It
 * passes on `this` and its arguments.
 *
 * @throws {InvalidArgumentError} if `fn` is not a function
 */
export function wrap<T, A extends unknown[], R>(
  runner: Runner,
  fn: (this: T, ...args: A) => R,
): (this: T, ...args: A) => Promise<Awaited<R>> {
  checkFunction("fn", fn);
  return function (...args) {
    return runner.withPermit(() => fn.apply(this, args));
  };
}

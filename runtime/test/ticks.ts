import { setImmediate } from "node:timers/promises";

/** Lets every reaction that is due run, and all that they cause. */
export async function settle(): Promise<void> {
  await setImmediate();
}

/** Waits `count` turns of the microtask queue. */
export async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await undefined;
}

export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

export function defer<T = void>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

import { setImmediate as nextTurn } from "node:timers/promises";

let running = 0;
let most = 0;

/** The largest number of fetches that ran at the same time so far. */
export function mostFetches(): number {
  return most;
}

globalThis.fetch = async () => {
  running += 1;
  most = Math.max(most, running);
  // A real network fails later, not within the call.
  await nextTurn();
  running -= 1;
  throw new TypeError("fetch failed");
};

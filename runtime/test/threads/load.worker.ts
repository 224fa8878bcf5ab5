import { parentPort, workerData } from "node:worker_threads";
import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

export interface Load {
  handle: SharedSemaphoreHandle;
  /** A byte for each worker: how many permits it holds, all in one word. */
  census: BigInt64Array;
  number: number;
  limit: number;
  seed: number;
}

const ROUNDS = 600;
const CALLERS = 4;

const { handle, census, number, limit, seed } = workerData as Load;
const semaphore = SharedSemaphore.from(handle);
const shift = BigInt(8 * number);
let entries = 0;
let state = (seed + 7919 * number) | 1;

await Promise.all(Array.from({ length: CALLERS }, () => call()));
parentPort!.postMessage("done");

async function call(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const weight = 1 + random(limit);
    if (random(4) === 0) {
      using permit = semaphore.tryAcquire({ weight });
      if (permit) {
        enter(weight);
        leave(weight);
      }
    } else if (random(3) === 0) {
      const controller = new AbortController();
      const { signal } = controller;
      const waiting = semaphore.withPermit(
        () => {
          enter(weight);
          leave(weight);
        },
        { weight, signal },
      );
      await Promise.resolve();
      controller.abort("abort");
      await waiting.catch((reason: unknown) => {
        if (reason !== "abort") throw reason;
      });
    } else {
      using permit = await semaphore.acquire({ weight });
      enter(permit.weight);
      if (random(8) === 0)
        await new Promise<void>((next) => setImmediate(next));
      leave(permit.weight);
    }
    if (++entries % 20 === 0) parentPort!.postMessage(entries);
  }
}

function enter(weight: number): void {
  const add = BigInt(weight) << shift;
  const before = Atomics.add(census, 0, add);
  let sum = weight;
  for (let bytes = before; bytes > 0n; bytes >>= 8n) {
    sum += Number(bytes & 0xffn);
  }
  if (sum > limit) throw new Error(`${sum} inside a limit of ${limit}`);
}

function leave(weight: number): void {
  Atomics.sub(census, 0, BigInt(weight) << shift);
}

/** A linear congruential generator: each run of a seed does the same. */
function random(bound: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 8) % bound;
}

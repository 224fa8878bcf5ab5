import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Programs that are drawn from one seed, always the same. */
export interface Batch {
  readonly seed: number;
  readonly numRuns: number;
}

/** Splits a run into batches that can be drawn each for itself. */
export function batchesOf(seed: number, runs: number, size: number): Batch[] {
  const batches: Batch[] = [];
  for (let start = 0; start < runs; start += size) {
    const numRuns = Math.min(size, runs - start);
    batches.push({ seed: seed + start, numRuns });
  }
  return batches;
}

/**
 * Has every batch worked on by the module `worker`, in as many threads as there
 * are cores. The module answers each message, a batch, with one of its own.
 */
export async function onEveryCore(
  worker: URL,
  batches: readonly Batch[],
  take: (answer: unknown, batch: Batch) => void,
): Promise<void> {
  const queue = batches.values();
  const threads = Math.min(availableParallelism(), batches.length);
  await Promise.all(Array.from({ length: threads }, workOnQueue));

  async function workOnQueue(): Promise<void> {
    const thread = new Worker(worker);
    try {
      for (const batch of queue) {
        thread.postMessage(batch);
        const [answer] = (await once(thread, "message")) as [unknown];
        take(answer, batch);
      }
    } finally {
      await thread.terminate();
    }
  }
}

// Three threads write to one log, no more than two of them at a time.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SharedSemaphore } from "semaphore-guard/threads";

const writers = new SharedSemaphore(2, {
  onReclaim: ({ permits }) =>
    console.log(`a worker died with ${permits} permit; it is back`),
});

const workers = ["a", "b", "crashing"].map((name) =>
  writers.share((handle) => {
    const url = new URL("worker.mjs", import.meta.url);
    return new Worker(url, { workerData: { handle, name } });
  }),
);
await Promise.all(workers.map((worker) => once(worker, "exit")));

const permit = await writers.acquire({ weight: 2, timeout: 1000 });
console.log(`${permit.weight} of ${writers.limit} permits are here again`);
permit.release();

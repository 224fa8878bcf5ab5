/// <reference lib="dom" />

import {
  SharedSemaphore,
  type Reclaimed,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

/** A web worker that holds a permit, and the way to it. */
interface Holder {
  worker: Worker;
  handle: SharedSemaphoreHandle;
}

/** Shares a permit with web workers, one of which is terminated while it holds it. */
export async function shareWithWebWorkers(): Promise<unknown> {
  const reclaimed: Reclaimed[] = [];
  const semaphore = new SharedSemaphore(1, {
    onReclaim: (each) => reclaimed.push(each),
  });
  const first = await start(semaphore);
  const busy = semaphore.tryAcquire() === undefined;
  const waiting = semaphore.acquire();
  first.worker.postMessage("release");
  (await waiting).release();

  const second = await start(semaphore);
  const stuck = semaphore.acquire();
  second.worker.terminate();
  semaphore.reclaim(second.handle);
  (await stuck).release();
  first.worker.terminate();
  return { busy, reclaimed, inUse: semaphore.inUse };
}

/** Resolves once the worker has its permit. */
async function start(semaphore: SharedSemaphore): Promise<Holder> {
  const handle = semaphore.share();
  const worker = new Worker("/worker.js", { type: "module" });
  worker.postMessage(handle);
  await new Promise<void>((resolve) => {
    worker.onmessage = () => resolve();
  });
  return { worker, handle };
}

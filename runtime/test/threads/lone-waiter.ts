import { Worker } from "node:worker_threads";
import { SharedSemaphore } from "semaphore-guard/threads";

// Nothing but the wait keeps this process alive: the worker is unref'd.
const semaphore = new SharedSemaphore(1);
const worker = semaphore.share(
  (handle) =>
    new Worker(new URL("brief-holder.worker.js", import.meta.url), {
      workerData: handle,
    }),
);
worker.once("message", () => {
  worker.unref();
  console.log("waiting");
  void semaphore.withPermit(() => console.log("granted"));
});
process.once("exit", () => console.log("over"));

import { parentPort, workerData } from "node:worker_threads";
import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

/** What a worker does: so many callers, each so many times in and out. */
export interface Work {
  /** Left out, the permits are handed over by messages. */
  handle?: SharedSemaphoreHandle;
  callers: number;
  rounds: number;
}

const port = parentPort!;
const { handle, callers, rounds } = workerData as Work;
const enter = handle ? bySharedMemory(handle) : byMessages();

port.once("message", () => void run());
port.postMessage("ready");

async function run(): Promise<void> {
  await Promise.all(Array.from({ length: callers }, () => call()));
  port.postMessage("done");
  port.close();
}

async function call(): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const leave = await enter();
    leave();
  }
}

function bySharedMemory(handle: SharedSemaphoreHandle) {
  const semaphore = SharedSemaphore.from(handle);
  return async () => {
    const permit = await semaphore.acquire();
    return () => permit.release();
  };
}

/** As one would without shared memory: the main thread has the semaphore. */
function byMessages() {
  const waiting: (() => void)[] = [];
  port.on("message", (message) => {
    if (message === "granted") waiting.shift()!();
  });
  return async () => {
    const granted = new Promise<void>((resolve) => waiting.push(resolve));
    port.postMessage("acquire");
    await granted;
    return () => port.postMessage("release");
  };
}

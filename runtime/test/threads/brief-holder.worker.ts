import { parentPort, workerData } from "node:worker_threads";
import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

const semaphore = SharedSemaphore.from(workerData as SharedSemaphoreHandle);
const permit = await semaphore.acquire();
parentPort!.postMessage("held");
while (semaphore.pending === 0) {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
permit.release();

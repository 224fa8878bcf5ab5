import { setTimeout as delay } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { SharedSemaphore } from "semaphore-guard/threads";

const { handle, name } = workerData;
const writers = SharedSemaphore.from(handle);

for (let line = 1; line <= 3; line++) {
  await writers.withPermit(async () => {
    if (name === "crashing" && line === 2) process.exit(1);
    await delay(5);
  });
}
console.log(`${name} is done`);

import { asyncMutex } from "./async-mutex.js";
import { asyncSema } from "./async-sema.js";
import type { Protocol } from "./protocol.js";
import { semaphoreGuard } from "./semaphore-guard.js";

/** Every row of the table. */
export const protocols: readonly Protocol[] = [
  ...semaphoreGuard,
  ...asyncMutex,
  ...asyncSema,
];

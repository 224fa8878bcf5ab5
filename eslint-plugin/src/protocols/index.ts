import { asyncLock } from "./async-lock.js";
import { asyncMutex } from "./async-mutex.js";
import { asyncSema } from "./async-sema.js";
import { awaitLock } from "./await-lock.js";
import { awaitSemaphore } from "./await-semaphore.js";
import { esToolkit } from "./es-toolkit.js";
import { genericPool } from "./generic-pool.js";
import { mysql2 } from "./mysql2.js";
import { nodeFs } from "./node-fs.js";
import { pg } from "./pg.js";
import { properLockfile } from "./proper-lockfile.js";
import type { Protocol } from "./protocol.js";
import { redisSemaphore } from "./redis-semaphore.js";
import { semaphoreAsyncAwait } from "./semaphore-async-await.js";
import { semaphoreGuard } from "./semaphore-guard.js";
import { shopifySemaphore } from "./shopify-semaphore.js";
import { superlock } from "./superlock.js";
import { tarn } from "./tarn.js";
import { webStreams } from "./web-streams.js";

/** Every row of the table. */
export const protocols: readonly Protocol[] = [
  ...semaphoreGuard,
  ...asyncMutex,
  ...asyncSema,
  ...asyncLock,
  ...awaitLock,
  ...awaitSemaphore,
  ...esToolkit,
  ...genericPool,
  ...mysql2,
  ...nodeFs,
  ...pg,
  ...properLockfile,
  ...redisSemaphore,
  ...semaphoreAsyncAwait,
  ...shopifySemaphore,
  ...superlock,
  ...tarn,
  ...webStreams,
];

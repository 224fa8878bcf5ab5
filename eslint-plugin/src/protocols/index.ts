import { asyncAwaitMutexLock } from "./async-await-mutex-lock.js";
import { asyncLock } from "./async-lock.js";
import { asyncMutex } from "./async-mutex.js";
import { asyncSema } from "./async-sema.js";
import { awaitLock } from "./await-lock.js";
import { awaitSemaphore } from "./await-semaphore.js";
import { esToolkit } from "./es-toolkit.js";
import { genericPool } from "./generic-pool.js";
import { livekitMutex } from "./livekit-mutex.js";
import { mariadb } from "./mariadb.js";
import { mutexify } from "./mutexify.js";
import { mysql2 } from "./mysql2.js";
import { neon } from "./neon.js";
import { nodeFs } from "./node-fs.js";
import { pg } from "./pg.js";
import { properLockfile } from "./proper-lockfile.js";
import type { Protocol } from "./protocol.js";
import { redisSemaphore } from "./redis-semaphore.js";
import { redlock } from "./redlock.js";
import { rocicorpLock } from "./rocicorp-lock.js";
import { semaphoreAsyncAwait } from "./semaphore-async-await.js";
import { semaphoreGuard } from "./semaphore-guard.js";
import { shopifySemaphore } from "./shopify-semaphore.js";
import { superlock } from "./superlock.js";
import { tarn } from "./tarn.js";
import { webStreams } from "./web-streams.js";

/** Every row of the table. */
export const protocols: readonly Protocol[] = [
  ...semaphoreGuard,
  ...asyncAwaitMutexLock,
  ...asyncLock,
  ...asyncMutex,
  ...asyncSema,
  ...awaitLock,
  ...awaitSemaphore,
  ...esToolkit,
  ...genericPool,
  ...livekitMutex,
  ...mariadb,
  ...mutexify,
  ...mysql2,
  ...neon,
  ...nodeFs,
  ...pg,
  ...properLockfile,
  ...redisSemaphore,
  ...redlock,
  ...rocicorpLock,
  ...semaphoreAsyncAwait,
  ...shopifySemaphore,
  ...superlock,
  ...tarn,
  ...webStreams,
];

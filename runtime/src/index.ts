export {
  AcquireTimeoutError,
  InvalidArgumentError,
  InvalidEnvError,
  InvalidLimitError,
  InvalidWeightError,
  NoPermitError,
  QueueFullError,
  SemaphoreClosedError,
} from "./errors.js";
export type { Governor } from "./governor.js";
export { KeyedSemaphore } from "./keyed-semaphore.js";
export {
  detectLeaks,
  type Leak,
  type LeakDetectorOptions,
} from "./leak-detector.js";
export {
  forEachLimit,
  mapLimit,
  mapSettled,
  type MapLimitOptions,
} from "./map-limit.js";
export { Mutex } from "./mutex.js";
export type { Permit } from "./permit.js";
export {
  Semaphore,
  type AcquireOptions,
  type FromEnvOptions,
  type SemaphoreOptions,
  type TryAcquireOptions,
} from "./semaphore.js";

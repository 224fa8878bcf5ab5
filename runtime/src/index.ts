/**
 * Semaphores whose permits are hard to leak, and maps that keep to a limit.
 *
 * @module semaphore-guard
 */
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
export { wrapIterator, type Governor, type GovernorToken } from "./governor.js";
export { KeyedSemaphore } from "./keyed-semaphore.js";
export {
  detectLeaks,
  type Leak,
  type LeakDetectorOptions,
} from "./leak-detector.js";
export { forEachLimit, mapLimit, mapSettled } from "./map-limit.js";
export type { MapLimitOptions, Progress } from "./map-options.js";
export { mapStream, type MapStreamOptions } from "./map-stream.js";
export { Mutex } from "./mutex.js";
export type { Permit } from "./permit.js";
export {
  Semaphore,
  type AcquireOptions,
  type FromEnvOptions,
  type SemaphoreOptions,
  type TryAcquireOptions,
} from "./semaphore.js";

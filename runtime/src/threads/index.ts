export {
  SharedSemaphore,
  type ExitingWorker,
  type Reclaimed,
  type SharedAcquireOptions,
  type SharedSemaphoreHandle,
  type SharedSemaphoreOptions,
} from "./shared-semaphore.js";

export {
  limitPool,
  type PoolCallOptions,
  type PoolFunction,
  type PoolFunctionOptions,
  type PoolRunOptions,
  type ScopedSemaphore,
  type TaskPool,
} from "./limit-pool.js";

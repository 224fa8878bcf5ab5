export { LeaseLostError } from "./errors.js";
export type {
  IoRedisClient,
  NodeRedisClient,
  RedisClient,
  ScriptOptions,
} from "./redis-client.js";
export type { RedisPermit } from "./redis-permit.js";
export {
  RedisSemaphore,
  type RedisAcquireOptions,
  type RedisSemaphoreOptions,
} from "./redis-semaphore.js";

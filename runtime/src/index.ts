export { InvalidArgumentError, InvalidLimitError } from "./errors.js";
export type { Governor } from "./governor.js";
export { mapLimit, type MapLimitOptions } from "./map-limit.js";
export type { Permit } from "./permit.js";
export { Semaphore, type AcquireOptions } from "./semaphore.js";

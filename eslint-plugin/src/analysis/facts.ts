/**
 * What the analysis knows of a file, for those who report or show it. Every
 * function here is pure; the costly ones are cached by the source code object.
 */
export { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
export { type BlockingCall, blockingCallsOf } from "./blocking-calls.js";
export { type ConcurrentMap, concurrentMapsOf } from "./concurrent-maps.js";
export { type EarlyRelease, earlyReleasesOf } from "./early-releases.js";
export {
  type FloatingAcquire,
  floatingAcquiresOf,
} from "./floating-acquires.js";
export { type File, fileOf } from "./file.js";
export type { PathStep } from "./leaking-path.js";
export { type Leak, leakOnceAwaited, leaksOf } from "./leaks.js";
export { type ManualRelease, manualReleasesOf } from "./manual-releases.js";
export { type Migration, migrationsOf } from "./migrations.js";
export { type NestedAcquire, nestedAcquiresOf } from "./nested-acquires.js";
export {
  type PerCallSemaphore,
  perCallSemaphoresOf,
} from "./per-call-semaphores.js";
export {
  type ReassignedSemaphore,
  reassignedSemaphoresOf,
} from "./reassigned-semaphores.js";
export { type SecondRelease, secondReleasesOf } from "./second-releases.js";
export { type VainRelease, vainReleasesOf } from "./vain-releases.js";

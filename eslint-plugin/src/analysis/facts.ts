/**
 * What the analysis knows of a file, for those who report or show it. Every
 * function here is pure and cached by the source code object.
 */
export { type ConcurrentMap, concurrentMapsOf } from "./concurrent-maps.js";
export type { PathStep } from "./leaking-path.js";
export { type Leak, leaksOf } from "./leaks.js";

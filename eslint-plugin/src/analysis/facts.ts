/**
 * What the analysis knows of a file, for those who report or show it. Every
 * function here is pure and cached by the source code object.
 */
export { type ConcurrentMap, concurrentMapsOf } from "./concurrent-maps.js";
export { type Leak, leaksOf, type PathStep } from "./leaks.js";

import type { Protocol } from "./protocol.js";

function shape(
  acquire: string,
  release: readonly [string, ...string[]],
): Protocol {
  return {
    modules: [],
    limitsByObject: true,
    acquire: [
      {
        method: acquire,
        ready: "promise",
        permit: { kind: "receiver", release },
      },
    ],
  };
}

/**
 * The methods by which a class of the project's own shows that it is a
 * semaphore or a mutex, whatever it is called: it has both of a pair.
 */
export const homeMadeShapes: readonly Protocol[] = [
  shape("acquire", ["release"]),
  shape("lock", ["unlock", "release"]),
  shape("wait", ["signal", "release"]),
  shape("take", ["release", "leave"]),
  shape("enter", ["leave", "exit"]),
  shape("obtain", ["release"]),
];

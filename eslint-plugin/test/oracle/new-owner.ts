import { isPermitObject } from "./instrumented-semaphore.js";

/** How deep a new owner looks into what it was given. */
const maxDepth = 3;

/**
 * Does with a value what its new owner has to: calls every function in it, so
 * that whatever can release through it does.
 */
export async function takeOver(value: unknown, depth = 0): Promise<void> {
  if (typeof value === "function") {
    await callQuietly(value as () => unknown);
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const each of value as Iterable<unknown>) await takeOver(each, depth);
  } else if (typeof value === "object" && value !== null && depth < maxDepth) {
    for (const each of Object.values(value)) await takeOver(each, depth + 1);
  }
}

/** Whether an argument gives the callee, who may keep it, a way to release. */
export function isHandedOver(argument: unknown): boolean {
  if (typeof argument === "function") return true;
  return (
    typeof argument === "object" &&
    argument !== null &&
    !isPermitObject(argument)
  );
}

async function callQuietly(fn: () => unknown): Promise<void> {
  try {
    await fn();
  } catch {
    // What goes wrong with the new owner is no business of the old one.
  }
}

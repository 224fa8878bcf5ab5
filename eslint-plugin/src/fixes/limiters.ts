/** A package that maps a collection with a bound, in the order to prefer. */
export const limiters = [
  "semaphore-guard",
  "p-map",
  "p-limit",
  "async",
] as const;

export type Limiter = (typeof limiters)[number];

/** Those that a project depends on; our runtime, if it depends on none. */
export function limitersFor(
  declared: ReadonlySet<string> | undefined,
): readonly Limiter[] {
  const found = limiters.filter((name) => declared?.has(name));
  return found.length > 0 ? found : ["semaphore-guard"];
}

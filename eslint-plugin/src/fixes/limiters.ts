import minVersion from "semver/ranges/min-version.js";
import validRange from "semver/ranges/valid.js";

/** A package that runs a bounded number of calls at a time. */
export const limiters = [
  "semaphore-guard",
  "p-map",
  "p-limit",
  "async",
] as const;

export type Limiter = (typeof limiters)[number];

/** A package whose functions map a whole collection. */
export interface MapPackage {
  readonly kind: "map";
  readonly name: Limiter;
  readonly isDefault: boolean;
  /** The function that stands for each combinator, where there is one. */
  readonly functions: Readonly<Partial<Record<"all" | "allSettled", string>>>;
  /** The function that keeps no results. */
  readonly forEach?: string;
  /** Where the limit goes. */
  readonly limitIn: "arguments" | "options";
  /**
   * Whether the first calls run before the function returns, as those of `map`
   * do, and not a turn of the queue of promises later.
   */
  readonly startsAtOnce: boolean;
  /** Whether an item that is a promise is awaited before the callback gets it. */
  readonly awaitsItems: boolean;
  /**
   * Whether the callback must be an async function of the item alone. To any
   * other the package hands a callback in the manner of Node.js.
   */
  readonly needsAsyncOfItem: boolean;
  /** Whether its types take nothing but what is known to be a mutable array. */
  readonly takesMutableArray: boolean;
  /** The first major version that does so. */
  readonly since: number;
}

/** A package that makes a function through which each call goes. */
export interface LimitPackage {
  readonly kind: "limit";
  readonly name: Limiter;
  /** Its default export, which takes the limit and returns the function. */
  readonly make: string;
  readonly since: number;
}

const packages: Readonly<Record<Limiter, LimitPackage | MapPackage>> = {
  "semaphore-guard": {
    kind: "map",
    name: "semaphore-guard",
    isDefault: false,
    functions: { all: "mapLimit", allSettled: "mapSettled" },
    forEach: "forEachLimit",
    limitIn: "arguments",
    startsAtOnce: true,
    awaitsItems: false,
    needsAsyncOfItem: false,
    takesMutableArray: false,
    since: 0,
  },
  "p-map": {
    kind: "map",
    name: "p-map",
    isDefault: true,
    functions: { all: "pMap" },
    limitIn: "options",
    startsAtOnce: false,
    awaitsItems: true,
    needsAsyncOfItem: false,
    takesMutableArray: false,
    since: 1,
  },
  "p-limit": { kind: "limit", name: "p-limit", make: "pLimit", since: 1 },
  async: {
    kind: "map",
    name: "async",
    isDefault: false,
    functions: { all: "mapLimit" },
    forEach: "eachLimit",
    limitIn: "arguments",
    startsAtOnce: true,
    awaitsItems: false,
    needsAsyncOfItem: true,
    takesMutableArray: true,
    // Before, it returned no promise.
    since: 3,
  },
};

export function packageOf(limiter: Limiter): LimitPackage | MapPackage {
  return packages[limiter];
}

/**
 * Those that a project depends on, in a version that will do; our runtime, if it
 * depends on none.
 *
 * @param declared the versions that the project asks for, by package
 */
export function limitersFor(
  declared: ReadonlyMap<string, string> | undefined,
): readonly Limiter[] {
  const found = limiters.filter((name) => {
    const range = declared?.get(name);
    return range !== undefined && majorOf(range) >= packages[name].since;
  });
  return found.length > 0 ? found : ["semaphore-guard"];
}

/** Where a range of versions begins; Infinity where it isn't one. */
function majorOf(range: string): number {
  const isRange = validRange(range) !== null;
  return (isRange ? minVersion(range)?.major : undefined) ?? Infinity;
}

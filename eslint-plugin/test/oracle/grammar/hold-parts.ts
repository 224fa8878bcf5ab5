import {
  type Expression,
  type Fragment,
  type Handle,
  isByReceiver,
  pick,
  type Scope,
} from "./fragment.js";
import {
  type Acquired,
  acquireOnce,
  declareSemaphore,
  type Semaphore,
} from "./permit-styles.js";

/** The parts that the ways to hold a permit are put together from. */
export interface Parts {
  readonly scope: Scope;
  readonly semaphore: Semaphore;
  readonly variant: number;
  readonly helper: number;
  readonly test: Expression;
  readonly body: Fragment;
  readonly extra: Fragment | null;
}

/** A way to hold a permit. */
export type Way = (parts: Parts) => string[];

/** Acquires at once and, as the case may be, puts the release into a helper. */
export function open({ scope, semaphore, variant, helper }: Parts): Acquired {
  const acquired = acquireOnce(scope, semaphore, variant);
  const { lines, handle } = acquired;
  const release = pick(handle.releases, variant);
  const done = helper < 5 ? scope.names.unique("done") : "";
  switch (helper) {
    case 0:
      return helped(`const ${done} = () => ${release}`, `${done}();`, done);
    case 1:
      return helped(
        release.includes("this.")
          ? `const ${done} = () => { ${release} };`
          : `function ${done}() { ${release} }`,
        `${done}();`,
        done,
      );
    case 2:
      return helped(
        `const ${done} = async () => { await flush(row); ${release} };`,
        `await ${done}();`,
        done,
      );
    case 3:
      return helped(
        `const ${done} = () => { if (dryRun) prepare(row); ${release} };`,
        `${done}();`,
        done,
      );
    case 4: {
      const [gift] = handle.gifts;
      if (gift === undefined || !/^\w+$/.test(gift)) return acquired;
      const call = release.replace(gift, done);
      return {
        lines: [...lines, `const ${done} = ${gift};`],
        handle: {
          releases: [call],
          gifts: [done, `() => ${call.slice(0, -1)}`],
          ...(handle.loan !== undefined && { loan: done }),
        },
      };
    }
    default:
      return acquired;
  }

  function helped(declare: string, call: string, name: string): Acquired {
    return {
      lines: [...lines, declare],
      handle: {
        releases: [call],
        gifts: [name],
        isHelpedByReceiver: isByReceiver(handle),
      },
    };
  }
}

export function last({ variant }: Parts, handle: Handle): string {
  return pick(handle.releases, variant >> 1);
}

export function holding(scope: Scope, handle: Handle): Scope {
  return { ...scope, held: [...scope.held, handle] };
}

/** Adds what comes after, unless the end of the lines is never reached. */
export function closed(
  lines: readonly string[],
  after: readonly string[],
): string[] {
  return /^(return|throw|break|continue)\b/.test(lines.at(-1) ?? "")
    ? [...lines]
    : [...lines, ...after];
}

/** Only two of the libraries have `tryAcquire`. */
export function tryable(semaphore: Semaphore, scope: Scope): Semaphore {
  switch (semaphore.style) {
    case "receiver":
    case "object":
      return semaphore;
    case "releaser":
      return declareSemaphore(scope, "receiver");
    case "tuple":
      return declareSemaphore(scope, "object");
  }
}

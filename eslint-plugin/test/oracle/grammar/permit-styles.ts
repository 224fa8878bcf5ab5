import type { Handle, Scope } from "./fragment.js";

/** In what a library hands out its permits. */
export type Style = "receiver" | "releaser" | "object" | "tuple";

export const styles: readonly Style[] = [
  "receiver",
  "releaser",
  "object",
  "tuple",
];

/** A semaphore that a program has declared. */
export interface Semaphore {
  readonly style: Style;
  readonly name: string;
}

export function declareSemaphore({ names }: Scope, style: Style): Semaphore {
  return { style, name: declare() };

  function declare(): string {
    switch (style) {
      case "receiver":
        return names.declare(
          "sema",
          "new Sema(3)",
          `const { Sema } = require("async-sema");`,
        );
      case "releaser":
        return names.declare(
          "mutex",
          "new Mutex()",
          `const { Mutex } = require("async-mutex");`,
        );
      case "object":
        return names.declare(
          "pool",
          "new Semaphore(3)",
          `const { Semaphore } = require("semaphore-guard");`,
        );
      case "tuple":
        return names.declare(
          "slots",
          "new asyncMutex.Semaphore(3)",
          `const asyncMutex = require("async-mutex");`,
        );
    }
  }
}

/** An acquire as a statement, and how its permit is released from there on. */
export interface Acquired {
  readonly lines: readonly string[];
  readonly handle: Handle;
}

/** `const release = await mutex.acquire();` in the words of each style. */
export function acquireOnce(
  { names }: Scope,
  { style, name }: Semaphore,
  variant: number,
): Acquired {
  const acquire = `await ${name}.acquire()`;
  switch (style) {
    case "receiver":
      return {
        lines: [`${acquire};`],
        handle: receiverHandle(name),
      };
    case "releaser": {
      const release = names.unique(variant % 2 ? "unlock" : "release");
      const handle = releaserHandle(release);
      return {
        lines: [`const ${release} = ${acquire};`],
        handle:
          variant % 4 === 3
            ? { ...handle, releases: [`${name}.release();`] }
            : handle,
      };
    }
    case "object": {
      if (variant % 3 === 1) {
        const release = names.unique("release");
        const pattern = release === "release" ? release : `release: ${release}`;
        return {
          lines: [`const { ${pattern} } = ${acquire};`],
          handle: releaserHandle(release),
        };
      }
      const permit = names.unique("permit");
      return {
        lines: [`const ${permit} = ${acquire};`],
        handle: permitHandle(permit),
      };
    }
    case "tuple": {
      if (variant % 3 === 1) {
        const pair = names.unique("slot");
        return {
          lines: [`const ${pair} = ${acquire};`],
          handle: releaserHandle(`${pair}[1]`),
        };
      }
      const release = names.unique("release");
      const value = variant % 3 === 2 ? "" : names.unique("value");
      return {
        lines: [`const [${value}, ${release}] = ${acquire};`],
        handle: releaserHandle(release),
      };
    }
  }
}

/** An acquire into a variable that is there before, and may stay empty. */
export interface AcquiredLater extends Acquired {
  readonly declare: readonly string[];
}

export function acquireLater(
  { names }: Scope,
  { style, name }: Semaphore,
): AcquiredLater {
  const acquire = `await ${name}.acquire()`;
  switch (style) {
    case "receiver": {
      const held = names.unique("held");
      return {
        declare: [`let ${held} = false;`],
        lines: [`${acquire};`, `${held} = true;`],
        handle: {
          releases: [`if (${held}) ${name}.release();`],
          gifts: [`() => ${held} && ${name}.release()`],
        },
      };
    }
    case "releaser":
    case "tuple": {
      const release = names.unique("release");
      return {
        declare: [`let ${release};`],
        lines:
          style === "tuple"
            ? [`[, ${release}] = ${acquire};`]
            : [`${release} = ${acquire};`],
        handle: {
          releases: [
            `${release}?.();`,
            `if (${release}) ${release}();`,
            `if (${release} !== undefined) ${release}();`,
          ],
          gifts: [release, `() => ${release}?.()`],
        },
      };
    }
    case "object": {
      const permit = names.unique("permit");
      return {
        declare: [`let ${permit};`],
        lines: [`${permit} = ${acquire};`],
        handle: {
          releases: [
            `${permit}?.release();`,
            `if (${permit}) ${permit}.release();`,
            `if (${permit} != null) ${permit}.release();`,
          ],
          gifts: [permit, `() => ${permit}?.release()`],
        },
      };
    }
  }
}

/** A non-waiting acquire: an expression for it, and how to release after. */
export interface Tried {
  /** Holds the result, where it is kept; its truth says whether it was got. */
  readonly declare: readonly string[];
  readonly got: string;
  readonly handle: Handle;
}

export function tryAcquire(
  { names }: Scope,
  { style, name }: Semaphore,
  variant: number,
): Tried {
  const acquire = `${name}.tryAcquire()`;
  if (style !== "object") {
    const handle = receiverHandle(name);
    if (variant % 2 === 0) return { declare: [], got: acquire, handle };
    const got = names.unique("got");
    return { declare: [`const ${got} = ${acquire};`], got, handle };
  }
  const permit = names.unique("permit");
  return {
    declare: [`const ${permit} = ${acquire};`],
    got: permit,
    handle: permitHandle(permit),
  };
}

function receiverHandle(name: string): Handle {
  return {
    releases: [`${name}.release();`],
    gifts: [`() => ${name}.release()`],
  };
}

function releaserHandle(release: string): Handle {
  return {
    releases: [`${release}();`, `${release}?.();`],
    gifts: [release, `() => ${release}()`],
  };
}

function permitHandle(permit: string): Handle {
  return {
    releases: [`${permit}.release();`],
    gifts: [permit, `() => ${permit}.release()`],
  };
}

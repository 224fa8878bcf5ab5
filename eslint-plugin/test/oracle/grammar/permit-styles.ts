import type { Handle, Scope } from "./fragment.js";

/** In what a library hands out its permits. */
export type Style = "receiver" | "releaser" | "object" | "tuple";

export const styles: readonly Style[] = [
  "receiver",
  "releaser",
  "object",
  "tuple",
];

/** Where a semaphore is kept, and by what name it is called to acquire. */
export type Place =
  "alias of a field" | "destructured field" | "field" | "private field" | "top";

export const places: readonly Place[] = [
  "top",
  "field",
  "private field",
  "top",
  "alias of a field",
  "destructured field",
];

/** A semaphore that a program has declared. */
export interface Semaphore {
  readonly style: Style;
  readonly name: string;
  /** What has to come before its first use. */
  readonly alias: readonly string[];
  /** The name by which permits are acquired from it. */
  readonly lender: string;
}

interface Origin {
  readonly base: string;
  readonly value: string;
  readonly imports: string;
}

const origins: Readonly<Record<Style, Origin>> = {
  receiver: {
    base: "sema",
    value: "new Sema(3)",
    imports: `const { Sema } = require("async-sema");`,
  },
  releaser: {
    base: "mutex",
    value: "new Mutex()",
    imports: `const { Mutex } = require("async-mutex");`,
  },
  object: {
    base: "pool",
    value: "new Semaphore(3)",
    imports: `const { Semaphore } = require("semaphore-guard");`,
  },
  tuple: {
    base: "slots",
    value: "new asyncMutex.Semaphore(3)",
    imports: `const asyncMutex = require("async-mutex");`,
  },
};

export function declareSemaphore(
  { names, isMethod }: Scope,
  style: Style,
  place: Place = "top",
): Semaphore {
  const { base, value, imports } = origins[style];
  if (place === "top" || !isMethod) {
    const name = names.declare(base, value, imports);
    return { style, name, lender: name, alias: [] };
  }
  const isPrivate = place === "private field" || place === "alias of a field";
  const name = names.declareField(
    isPrivate ? `#${base}` : base,
    value,
    imports,
  );
  switch (place) {
    case "field":
    case "private field":
      return { style, name, lender: name, alias: [] };
    case "alias of a field": {
      const lender = names.unique("lock");
      return { style, name, lender, alias: [`const ${lender} = ${name};`] };
    }
    case "destructured field": {
      const lender = name.slice("this.".length);
      const alias = [`const { ${lender} } = this;`];
      return { style, name, lender, alias };
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
  { style, name, lender }: Semaphore,
  variant: number,
): Acquired {
  const options =
    style === "object" && variant % 4 === 2 ? "{ weight: 2 }" : "";
  const acquire = `await ${lender}.acquire(${options})`;
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
  { style, name, lender }: Semaphore,
): AcquiredLater {
  const acquire = `await ${lender}.acquire()`;
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
          loan: permit,
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
  { style, name, lender }: Semaphore,
  variant: number,
): Tried {
  const acquire = `${lender}.tryAcquire()`;
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

export function receiverHandle(name: string): Handle {
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

export function permitHandle(permit: string): Handle {
  return {
    releases: [`${permit}.release();`],
    gifts: [permit, `() => ${permit}.release()`],
    loan: permit,
  };
}

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** What a module exports to `require`; undefined where it exports nothing so. */
export function required(module: string): unknown {
  try {
    return require(module);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  }
}

/** What a module exports to `import`; undefined where only `require` finds it. */
export async function imported(module: string): Promise<unknown> {
  try {
    return (await import(module)) as unknown;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * The export, or the member of one, that a row means by a name: `"*"` is the
 * module as a whole, `"default"` what `import name from` binds where a compiler
 * or a bundler takes care of CommonJS.
 */
export function exportedValue(exports: unknown, name: string): unknown {
  if (name === "*") return exports;
  if (name === "default") return defaultOf(exports);
  const direct = memberAt(exports, name);
  return direct ?? memberAt(defaultOf(exports), name);
}

function defaultOf(exports: unknown): unknown {
  const own = memberAt(exports, "default");
  if (own === undefined) return exports;
  return memberAt(own, "__esModule") ? memberAt(own, "default") : own;
}

/** What stands at a dotted path. */
export function memberAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (object, key) => (object as Record<string, unknown> | null)?.[key],
      value,
    );
}

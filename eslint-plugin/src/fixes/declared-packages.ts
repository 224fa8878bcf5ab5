/** The parts of a package.json that say what a package depends on. */
const kinds = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

/**
 * The packages that the nearest package.json of a file declares. Undefined where
 * there is none to be read: in a browser, or for a text that is no file yet.
 */
export function declaredPackages(
  filename: string,
): ReadonlySet<string> | undefined {
  const fs = builtin("node:fs");
  const path = builtin("node:path");
  if (!fs || !path?.isAbsolute(filename)) return undefined;
  for (
    let folder = path.dirname(filename), inner = filename;
    folder !== inner;
    inner = folder, folder = path.dirname(folder)
  ) {
    const file = path.join(folder, "package.json");
    if (fs.existsSync(file)) return namesIn(fs.readFileSync(file, "utf8"));
  }
  return undefined;
}

function namesIn(json: string): ReadonlySet<string> | undefined {
  try {
    const parsed = JSON.parse(json) as Partial<
      Record<(typeof kinds)[number], Record<string, unknown>>
    >;
    return new Set(kinds.flatMap((kind) => Object.keys(parsed[kind] ?? {})));
  } catch {
    return undefined;
  }
}

interface Builtins {
  readonly "node:fs": typeof import("node:fs");
  readonly "node:path": typeof import("node:path");
}

/** Asked for at run time, since bundles for the browser hold none of them. */
function builtin<Name extends keyof Builtins>(
  name: Name,
): Builtins[Name] | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => unknown };
  };
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}

/** What a package.json may say that is asked for here. */
export interface PackageJson {
  readonly version?: unknown;
  readonly engines?: { readonly node?: unknown } | null;
  readonly dependencies?: object | null;
  readonly devDependencies?: object | null;
  readonly peerDependencies?: object | null;
  readonly optionalDependencies?: object | null;
}

/**
 * The package.json of every folder above a file, the nearest first; undefined
 * for one that can't be read. None where there is no file system, as in a
 * browser, or for a text that is no file yet.
 */
export function* packageJsonsAbove(
  filename: string,
): Generator<PackageJson | undefined> {
  const path = builtin("node:path");
  for (const folder of foldersAbove(filename)) {
    const text = path && readText(path.join(folder, "package.json"));
    if (text !== undefined) yield parse(text);
  }
}

/** The version of a package that is installed for a file, if it is. */
export function installedVersion(
  name: string,
  filename: string,
): string | undefined {
  const path = builtin("node:path");
  for (const folder of foldersAbove(filename)) {
    const text =
      path && readText(path.join(folder, "node_modules", name, "package.json"));
    const version = text === undefined ? undefined : parse(text)?.version;
    if (typeof version === "string") return version;
  }
  return undefined;
}

function* foldersAbove(filename: string): Generator<string> {
  const path = builtin("node:path");
  if (!path?.isAbsolute(filename)) return;
  for (
    let folder = path.dirname(filename), inner = filename;
    folder !== inner;
    inner = folder, folder = path.dirname(folder)
  ) {
    yield folder;
  }
}

function readText(file: string): string | undefined {
  const fs = builtin("node:fs");
  try {
    return fs?.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(json: string): PackageJson | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
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

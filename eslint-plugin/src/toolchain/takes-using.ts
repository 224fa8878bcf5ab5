import gte from "semver/functions/gte.js";
import valid from "semver/functions/valid.js";
import minVersion from "semver/ranges/min-version.js";
import { compilerOptionsFor } from "#compiler-options";
import { installedVersion, packageJsonsAbove } from "./package-json.js";

/** The first versions that know `using`. */
const firstTypeScript = "5.2.0";
const firstNode = "24.0.0";

/**
 * Whether the toolchain of a file takes a `using` declaration, by what is on
 * disk around it: for TypeScript a compiler from 5.2 on whose tsconfig.json has
 * the disposable library, for JavaScript a package.json whose `engines` ask for
 * Node 24 or later. Undefined where nothing says: for a text that is no file
 * yet, in a browser, and where there is no such file above it.
 *
 * Reads the file system, up to the root, on every call.
 *
 * @param filename the absolute path of the file
 */
export function takesUsing(filename: string): boolean | undefined {
  if (/\.[cm]?jsx?$/i.test(filename)) return runsOnNewNode(filename);
  // The script of a component may be either, and is compiled in any case.
  return compilesUsing(filename);
}

function compilesUsing(filename: string): boolean | undefined {
  const options = compilerOptionsFor(filename);
  if (!options) return undefined;
  const version = installedVersion("typescript", filename);
  if (valid(version) && !gte(version!, firstTypeScript)) return false;
  const { target = "", lib = [target] } = options;
  return lib.some((name) => /^esnext(?:\.full)?$|\.disposable$/i.test(name));
}

/** By the nearest package.json that says for which Node it is. */
function runsOnNewNode(filename: string): boolean | undefined {
  let isPackage = false;
  for (const manifest of packageJsonsAbove(filename)) {
    isPackage = true;
    const range = manifest?.engines?.node;
    if (typeof range !== "string") continue;
    const oldest = oldestIn(range);
    if (oldest) return gte(oldest, firstNode);
  }
  return isPackage ? false : undefined;
}

function oldestIn(range: string): ReturnType<typeof minVersion> {
  try {
    return minVersion(range);
  } catch {
    return null;
  }
}

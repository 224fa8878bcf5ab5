import { packageJsonsAbove } from "../toolchain/package-json.js";

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
  const [nearest] = packageJsonsAbove(filename);
  return (
    nearest &&
    new Set(kinds.flatMap((kind) => Object.keys(nearest[kind] ?? {})))
  );
}

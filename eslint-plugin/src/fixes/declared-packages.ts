import { packageJsonsAbove } from "../toolchain/package-json.js";

/** The parts of a package.json that say what a package depends on. */
const kinds = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

/**
 * The packages that the nearest package.json of a file declares, with the
 * versions it asks for. Undefined where there is none to be read: in a browser,
 * or for a text that is no file yet.
 */
export function declaredPackages(
  filename: string,
): ReadonlyMap<string, string> | undefined {
  const [nearest] = packageJsonsAbove(filename);
  if (!nearest) return undefined;
  const declared = kinds.flatMap((kind) => Object.entries(nearest[kind] ?? {}));
  return new Map(declared.map(([name, range]) => [name, String(range)]));
}

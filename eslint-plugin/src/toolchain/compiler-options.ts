import path from "node:path";
import {
  createFilesMatcher,
  getTsconfig,
  parseTsconfig,
  type TsConfigResult,
} from "get-tsconfig";

/** The compiler options of a tsconfig.json that decide on the library. */
export interface CompilerOptions {
  readonly target?: string;
  readonly lib?: readonly string[];
}

/**
 * The compiler options for a file, by the nearest tsconfig.json: its own, or
 * those of the referenced project that includes the file. Undefined where there
 * is no tsconfig.json that can be read.
 */
export function compilerOptionsFor(
  filename: string,
): CompilerOptions | undefined {
  if (!path.isAbsolute(filename)) return undefined;
  try {
    const nearest = getTsconfig(filename);
    if (!nearest) return undefined;
    const including = [nearest, ...referencedBy(nearest)].find((each) =>
      createFilesMatcher(each)(filename),
    );
    return (including ?? nearest).config.compilerOptions ?? {};
  } catch {
    return undefined;
  }
}

function referencedBy({
  path: file,
  config,
}: TsConfigResult): TsConfigResult[] {
  return (config.references ?? []).map((reference) => {
    const place = path.resolve(path.dirname(file), reference.path);
    const target = place.endsWith(".json")
      ? place
      : path.join(place, "tsconfig.json");
    return { path: target, config: parseTsconfig(target) };
  });
}

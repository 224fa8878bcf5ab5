import { existsSync } from "node:fs";
import path from "node:path";

const names = ["js", "mjs", "cjs", "ts", "mts", "cts"].map(
  (extension) => `eslint.config.${extension}`,
);

/**
 * The flat configuration nearest to a file, no further up than the workspace's folder, which is
 * what its user trusts, or the repository that this is part of.
 */
export function nearestConfigFile(
  file: string,
  folder: string,
): string | undefined {
  let isInside = true;
  for (
    let at = path.dirname(file), above = "";
    at !== above;
    above = at, at = path.dirname(at)
  ) {
    const config = names
      .map((name) => path.join(at, name))
      .find((each) => existsSync(each));
    if (config !== undefined) {
      return config;
    }
    isInside &&= at !== folder;
    if (!isInside && existsSync(path.join(at, ".git"))) {
      return undefined;
    }
  }
  return undefined;
}

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../editor-host/cache-folder.js";
import { npmInstall } from "../editor-host/npm-install.js";
import {
  claimPlace,
  makePartialFolder,
} from "../editor-host/partial-folder.js";

/**
 * Installs a JavaScript runtime as npm has it, unless that was done before. As a
 * dependency of the workspace it would become the `node` of every npm script.
 *
 * @param name of the package that holds its executable, for this platform
 * @param file its executable in that package
 * @returns the executable
 */
export async function ensureExecutable(
  name: string,
  version: string,
  file: string,
): Promise<string> {
  const folder = cacheFolder(`${name}-${version}`);
  if (!existsSync(folder)) {
    await mkdir(path.dirname(folder), { recursive: true });
    const partial = await makePartialFolder(folder);
    await npmInstall(partial, [`${name}@${version}`]);
    await claimPlace(partial, folder);
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  return path.join(folder, "node_modules", name, file + suffix);
}

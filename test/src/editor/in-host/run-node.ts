import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { nodeVariable } from "./environment.js";

const require = createRequire(import.meta.url);
const tsc = path.join(
  path.dirname(require.resolve("typescript/package.json")),
  "bin/tsc",
);

/**
 * Runs a program in Node itself: an extension host's own executable may be an
 * Electron.
 *
 * @throws unless it ends with exit code 0
 */
export async function runNode(
  program: string,
  args: readonly string[],
): Promise<void> {
  const node = process.env[nodeVariable];
  if (node === undefined) {
    throw new Error(`${nodeVariable} must name an executable`);
  }
  try {
    await promisify(execFile)(node, [program, ...args]);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Compiles a project by its tsconfig.json, types checked. */
export async function compile(folder: string): Promise<void> {
  await runNode(tsc, ["--project", folder]);
}

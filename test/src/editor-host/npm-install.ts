import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { foreignEnvironment } from "./foreign-environment.js";
import { OwnedProcess } from "./owned-process.js";

const flags = [
  "--omit=dev",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-progress",
  "--no-update-notifier",
  "--loglevel=error",
];

/**
 * Installs packages into a folder, or what its package.json asks for.
 *
 * @throws when npm doesn't succeed; what it has to say is on standard error
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[] = [],
): Promise<void> {
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) {
    writeFileSync(manifest, '{ "private": true }\n');
  }
  await using npm = new OwnedProcess(
    "npm",
    ["install", ...flags, ...packages],
    {
      cwd: folder,
      env: foreignEnvironment(),
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const end = await npm.ended;
  if (end !== 0) {
    throw new Error(`npm install in ${folder} ended with ${String(end)}`);
  }
}

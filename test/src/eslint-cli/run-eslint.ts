import { createRequire } from "node:module";
import path from "node:path";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";

/** The ESLint versions the plugin supports, each with where it is installed. */
const folders = { "ESLint 10": "", "ESLint 9": "peers/eslint-9" };

export type EslintVersion = keyof typeof folders;

/** What a run of the command line leaves behind. */
export interface EslintRun {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs `eslint` with `args` in `folder`, as a CI job does. */
export async function runEslint(
  folder: string,
  args: readonly string[],
  version: EslintVersion = "ESLint 10",
): Promise<EslintRun> {
  const require = createRequire(
    path.join(repositoryFolder, folders[version], "package.json"),
  );
  const manifest = require.resolve("eslint/package.json");
  const cli = path.join(path.dirname(manifest), "bin", "eslint.js");
  const run = await x(process.execPath, [cli, ...args], {
    nodeOptions: { cwd: folder },
  });
  return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
}

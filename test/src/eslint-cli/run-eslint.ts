import { createRequire } from "node:module";
import path from "node:path";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";

/** The ESLint versions the plugin supports, as packages installed here. */
export type EslintPackage = "eslint" | "eslint9";

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
  eslint: EslintPackage = "eslint",
): Promise<EslintRun> {
  // eslint9 is a dependency of the plugin, so that is where to look from.
  const require = createRequire(
    path.join(repositoryFolder, "eslint-plugin", "package.json"),
  );
  const manifest = require.resolve(`${eslint}/package.json`);
  const cli = path.join(path.dirname(manifest), "bin", "eslint.js");
  const run = await x(process.execPath, [cli, ...args], {
    nodeOptions: { cwd: folder },
  });
  return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
}

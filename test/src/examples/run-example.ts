import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "../repository.js";

/** Runs a file of `examples/` as a user would, and returns the lines it prints. */
export async function runExample(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(repositoryFolder, "examples", file)],
    { env: { ...process.env, ...environment }, timeout: 30_000 },
  );
  return stdout.trimEnd().split("\n");
}

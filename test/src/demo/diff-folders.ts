import { x } from "tinyexec";

/** The difference between two subfolders of `parent` as `git diff` shows it. */
export async function diffFolders(
  parent: string,
  before: string,
  after: string,
  { coloured }: { coloured: boolean },
): Promise<string> {
  const { exitCode, stdout, stderr } = await x(
    "git",
    [
      "--no-pager",
      "diff",
      "--no-index",
      "--no-ext-diff",
      `--color=${coloured ? "always" : "never"}`,
      "--src-prefix=",
      "--dst-prefix=",
      before,
      after,
    ],
    { nodeOptions: { cwd: parent } },
  );
  // git says 1 for a difference, but also for a folder that isn't there.
  if (exitCode !== 0 && stdout === "") {
    throw new Error(`git diff failed: ${stderr}`);
  }
  return stdout;
}

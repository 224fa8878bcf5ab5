import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import killTree from "tree-kill";
import { repositoryFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { readTally, tallyVariable, type Tally } from "./tally.js";

/** A command that runs tests and writes its tally. */
export interface Suite {
  name: string;
  command: string;
  args: readonly string[];
}

/** What became of a suite. */
export interface SuiteResult {
  tally: Tally;
  /** Why the suite can't be trusted, beyond what its failed tests say. */
  problem?: string;
}

const reporter = fileURLToPath(
  new URL("../tally-reporter.js", import.meta.url),
);

/**
 * Runs a suite from the repository's top folder with its output going straight
 * through. A suite that crashes, that runs no test, or that doesn't end, counts as
 * one failure.
 *
 * @param tooLong fulfils when the suite has to end, with all the processes it
 *   started: after 40 minutes by default
 */
export async function runSuite(
  suite: Suite,
  tooLong: Promise<unknown> = setTimeout(40 * 60_000, undefined, {
    ref: false,
  }),
): Promise<SuiteResult> {
  await using folder = await TemporaryFolder.create();
  const tally = folder.file("tally.json");
  const end = await run(suite, tally, tooLong);
  return judge(end, readTally(tally));
}

async function run(
  { command, args }: Suite,
  tallyFile: string,
  tooLong: Promise<unknown>,
): Promise<number | NodeJS.Signals> {
  const child = spawn(command, args, {
    cwd: repositoryFolder,
    stdio: ["ignore", "inherit", "inherit"],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === "win32",
    env: {
      ...process.env,
      [tallyVariable]: tallyFile,
      MOCHA_OPTIONS: `--forbid-only --reporter ${JSON.stringify(reporter)}`,
    },
  });
  const { pid } = child;
  void tooLong.then(() => {
    if (pid !== undefined && child.exitCode === null) killTree(pid, "SIGKILL");
  });
  const [exitCode, signal] = (await once(child, "close")) as
    [number, null] | [null, NodeJS.Signals];
  return exitCode ?? signal;
}

function judge(
  end: number | NodeJS.Signals,
  tally: Tally | undefined,
): SuiteResult {
  if (tally === undefined) {
    return crashed({ passed: 0, failed: 0, skipped: 0 }, "wrote no tally");
  }
  if (tally.passed + tally.failed + tally.skipped === 0) {
    return crashed(tally, "ran no test");
  }
  if (typeof end === "string") {
    return crashed(tally, `was ended by ${end}`);
  }
  if (end !== 0 && tally.failed === 0) {
    return crashed(tally, `ended with exit code ${String(end)}`);
  }
  return { tally };
}

function crashed(tally: Tally, problem: string): SuiteResult {
  return { tally: { ...tally, failed: tally.failed + 1 }, problem };
}

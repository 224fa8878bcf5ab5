import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryFolder } from "../repository.js";
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
 * through. A suite that crashes, or that runs no test, counts as one failure.
 */
export async function runSuite(suite: Suite): Promise<SuiteResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-tally-"));
  try {
    const file = path.join(folder, "tally.json");
    const exitCode = await run(suite, file);
    return judge(exitCode, readTally(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  { command, args }: Suite,
  tallyFile: string,
): Promise<number | null> {
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
  await once(child, "close");
  return child.exitCode;
}

function judge(exitCode: number | null, tally: Tally | undefined): SuiteResult {
  if (tally === undefined) {
    return crashed({ passed: 0, failed: 0, skipped: 0 }, "wrote no tally");
  }
  if (tally.passed + tally.failed + tally.skipped === 0) {
    return crashed(tally, "ran no test");
  }
  if (exitCode !== 0 && tally.failed === 0) {
    return crashed(tally, `ended with exit code ${String(exitCode)}`);
  }
  return { tally };
}

function crashed(tally: Tally, problem: string): SuiteResult {
  return { tally: { ...tally, failed: tally.failed + 1 }, problem };
}

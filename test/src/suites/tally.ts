import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What became of the tests of a suite. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The environment variable that names the file a suite writes its tally to. */
export const tallyVariable = "SEMAPHORE_GUARD_TALLY";

/** The file that the environment names, if it names one. */
export function tallyFile(): string | undefined {
  return process.env[tallyVariable];
}

/** Writes a tally for the runner to read. */
export function writeTally(file: string, tally: Tally): void {
  writeFileSync(file, JSON.stringify(tally));
}

/**
 * Reads the tally a suite wrote.
 *
 * @returns undefined when the suite ended before it wrote one
 */
export function readTally(file: string): Tally | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  const written = JSON.parse(readFileSync(file, "utf8")) as Partial<Tally>;
  const { passed = 0, failed = 0, skipped = 0 } = written;
  return { passed, failed, skipped };
}

/** Adds tallies up. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped;
  }
  return sum;
}

/** Says a tally in one line. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  const counts = [`${String(passed)} passed`, `${String(failed)} failed`];
  if (skipped > 0) {
    counts.push(`${String(skipped)} skipped`);
  }
  return counts.join(", ");
}

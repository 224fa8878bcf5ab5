import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import type { IdleReport } from "./idle-report.js";

/** How a run ended. */
export interface IdleRun {
  exitCode: number | null;
  stderr: string;
  report: IdleReport;
}

/** Node's exit code for a module whose top-level await never settles. */
export const unsettledAwait = 13;

const preloads = ["failing-fetch.js", "report-when-idle.js"].flatMap((file) => [
  "--import",
  new URL(`preload/${file}`, import.meta.url).href,
]);

/**
 * Runs a compiled project's entry under a `fetch` that always fails, until its
 * event loop has nothing left to do, whether the entry has finished or not.
 *
 * @throws with what the process wrote when it dies before that
 */
export async function runUntilIdle(entry: string): Promise<IdleRun> {
  const child = spawn(process.execPath, [...preloads, entry], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const [stderr, report] = await Promise.all([
    text(child.stdio[2] as Readable),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  if (report === "") {
    throw new Error(`${entry} crashed:\n${stderr}`);
  }
  return {
    exitCode: child.exitCode,
    stderr,
    report: JSON.parse(report) as IdleReport,
  };
}

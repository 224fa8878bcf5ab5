import path from "node:path";
import { runEslint } from "../eslint-cli/run-eslint.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { applyFirstSuggestions } from "./apply-suggestions.js";
import { compileProject } from "./compile-project.js";
import { copyProject } from "./copy-project.js";
import { diffFolders } from "./diff-folders.js";
import { leakedPermits, waitingJobs } from "./idle-report.js";
import type { Printer } from "./printer.js";
import {
  runUntilIdle,
  unsettledAwait,
  type IdleRun,
} from "./run-until-idle.js";

/** The story didn't go as it is told in the README. */
export class StoryBroken extends Error {
  override name = "StoryBroken";
}

/**
 * Tells, on a real project, what Semaphore Guard does: lints it, fixes a copy,
 * shows the difference, and runs both while every fetch fails.
 *
 * @throws {StoryBroken} when a step doesn't come out as it should
 */
export async function tellStory(
  project: string,
  printer: Printer,
): Promise<void> {
  await using temporary = await TemporaryFolder.create();
  const before = temporary.file("before");
  const after = temporary.file("after");
  await copyProject(project, before);
  await copyProject(project, after);
  await lintAsCi(project, printer);
  await fixCopy(after, printer);
  await showDifference(temporary.path, printer);
  await runBoth(before, after, printer);
}

async function lintAsCi(project: string, printer: Printer): Promise<void> {
  printer.section("Lint the project, as CI does");
  printer.command("npx eslint .");
  const run = await runEslint(project, [
    ".",
    printer.coloured ? "--color" : "--no-color",
  ]);
  printer.line(run.stdout.trimEnd() + run.stderr.trimEnd());
  printer.line();
  printer.line(`exit code ${String(run.exitCode)}`);
  expectStory(run.exitCode === 1, "ESLint should find something, exit code 1.");
}

async function fixCopy(copy: string, printer: Printer): Promise<void> {
  printer.section("Fix a copy: the first suggestion of every finding");
  const applied = await applyFirstSuggestions(copy);
  printer.table(
    applied.map(({ file, line, description }) => [
      `${file}:${String(line)}`,
      description,
    ]),
  );
  printer.line();
  printer.command("npx eslint .");
  const run = await runEslint(copy, [".", "--no-color"]);
  printer.line(`${run.stdout}exit code ${String(run.exitCode)}`);
  expectStory(run.exitCode === 0, "ESLint should find nothing in the copy.");
}

async function showDifference(
  temporary: string,
  printer: Printer,
): Promise<void> {
  printer.section("What has changed");
  const difference = await diffFolders(temporary, "before/src", "after/src", {
    coloured: printer.coloured,
  });
  printer.line(difference.trimEnd());
}

async function runBoth(
  before: string,
  after: string,
  printer: Printer,
): Promise<void> {
  printer.section("Run both while every fetch fails");
  await compileProject(before);
  await compileProject(after);

  const old = await runUntilIdle(path.join(before, "dist", "main.js"));
  const leaks = leakedPermits(old.report);
  const waiting = waitingJobs(old.report);
  printer.line(
    `${printer.style("red", "before  hangs:")} ${String(waiting)} of ${jobs(old)} wait for a permit, and nothing is left that could wake them`,
  );
  printer.line(
    `        ${permits(leaks)} leaked: ${leaks.map(({ name, limit, leaked }) => `${name} ${String(leaked)} of ${String(limit)}`).join(", ")}`,
  );
  printer.line(`        ${atOnce(old)}`);

  const fixed = await runUntilIdle(path.join(after, "dist", "main.js"));
  const { done, failed } = fixed.report.jobs;
  printer.line(
    `${printer.style("green", "after   finishes:")} ${jobs(fixed)} over, ${String(done)} done, ${String(failed)} failed`,
  );
  printer.line(`        ${permits(leakedPermits(fixed.report))} leaked`);
  printer.line(`        ${atOnce(fixed)}`);

  expectStory(
    waiting > 0 && leaks.length > 0 && old.exitCode === unsettledAwait,
    "The project as it was should hang with its permits leaked.",
  );
  expectStory(
    waitingJobs(fixed.report) === 0 &&
      leakedPermits(fixed.report).length === 0 &&
      fixed.exitCode === 0,
    `The fixed copy should finish with every permit back.\n${fixed.stderr}`,
  );
}

function expectStory(asTold: boolean, message: string): asserts asTold {
  if (!asTold) {
    throw new StoryBroken(message);
  }
}

function jobs({ report }: IdleRun): string {
  return `${String(report.jobs.total)} jobs`;
}

function permits(leaks: readonly { leaked: number }[]): string {
  const leaked = leaks.reduce((sum, leak) => sum + leak.leaked, 0);
  return leaked === 1 ? "1 permit" : `${String(leaked)} permits`;
}

function atOnce({ report }: IdleRun): string {
  return `${String(report.mostFetches)} fetches at once`;
}

import { appendFileSync } from "node:fs";
import { formatTally, writeTally } from "../../suites/tally.js";
import { reportVariable, tallyVariable } from "./environment.js";
import { runMocha } from "../run-mocha.js";

const testFiles = [
  "./extension.test.js",
  "./quick-fixes.test.js",
  "./bad-input.test.js",
].map((file) => new URL(file, import.meta.url));

/**
 * Runs the tests of this folder with their report and tally going to files, for
 * what an extension host prints is mixed with all that the workbench logs.
 */
export async function runInHost(): Promise<void> {
  const report = process.env[reportVariable];
  const tallyFile = process.env[tallyVariable];
  if (report === undefined || tallyFile === undefined) {
    throw new Error(`${reportVariable} and ${tallyVariable} must name files`);
  }
  const tally = await runMocha(testFiles, (line) => {
    appendFileSync(report, `${line}\n`);
  });
  writeTally(tallyFile, tally);
  if (tally.failed > 0) {
    throw new Error(formatTally(tally));
  }
}

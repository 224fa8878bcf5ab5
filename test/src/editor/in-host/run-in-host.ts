import { appendFileSync } from "node:fs";
import { formatTally, writeTally } from "../../suites/tally.js";
import {
  reportVariable,
  stageVariable,
  tallyVariable,
  type StageName,
} from "./environment.js";
import { runMocha } from "../run-mocha.js";

const testFiles: Readonly<Record<StageName, readonly string[]>> = {
  "zero-configuration": [
    "extension",
    "quick-fixes",
    "caret",
    "notebook",
    "untitled",
    "bad-input",
  ],
  "workspace-eslint": [
    "folders",
    "configuration-changes",
    "eslint-duplicates",
    "workspace-scan",
  ],
  untrusted: ["untrusted"],
};

/**
 * Runs the tests of a stage with their report and tally going to files, for
 * what an extension host prints is mixed with all that the workbench logs.
 */
export async function runInHost(): Promise<void> {
  const report = process.env[reportVariable];
  const tallyFile = process.env[tallyVariable];
  if (report === undefined || tallyFile === undefined) {
    throw new Error(`${reportVariable} and ${tallyVariable} must name files`);
  }
  const stage = process.env[stageVariable] as StageName;
  const files = testFiles[stage].map(
    (name) => new URL(`./${name}.test.js`, import.meta.url),
  );
  const tally = await runMocha(files, (line) => {
    appendFileSync(report, `${line}\n`);
  });
  writeTally(tallyFile, tally);
  if (tally.failed > 0) {
    throw new Error(formatTally(tally));
  }
}

/**
 * Runs the plugin over the real code of the sample and says how many of its
 * findings are true, as far as they are labelled. Exits with 1 when a rule
 * crashed on a file or a repository is missing.
 */
import { writeFileSync } from "node:fs";
import { howToFetch, parseArguments } from "./lib/arguments.mjs";
import { labels, repositories, sampling } from "./lib/data.mjs";
import { loadPlugin } from "./lib/plugin.mjs";
import { printFinding, printSummary } from "./lib/report.mjs";
import { sweep } from "./lib/sweep-repository.mjs";
import { gitDirectoryOf, hasCommit } from "./lib/git.mjs";
import { isLikely } from "./lib/source-files.mjs";
import { judge } from "./lib/judge.mjs";
import { linterOf } from "./lib/lint-text.mjs";

const {
  mirrors,
  plugin,
  only,
  sample: name,
  findings: output,
  likely,
  quiet,
} = parseArguments();
const lint = linterOf(await loadPlugin(plugin));

const sample = repositories(name).filter(
  ({ repository }) => only?.includes(repository) ?? true,
);
/** @type {string[]} */
const missing = [];
const swept = sample.flatMap(({ repository, commit }) => {
  const gitDirectory = gitDirectoryOf(mirrors, repository);
  if (!gitDirectory || !hasCommit(gitDirectory, commit)) {
    missing.push(repository);
    return [];
  }
  const result = sweep(
    repository,
    gitDirectory,
    commit,
    likely ? isLikely : () => true,
    lint,
  );
  if (!quiet) for (const finding of result.findings) printFinding(finding);
  return [result];
});

const judgement = judge(
  swept.flatMap(({ findings }) => findings),
  labels().filter(({ repository }) =>
    swept.some((result) => result.repository === repository),
  ),
  sampling(),
);
if (output) writeFileSync(output, JSON.stringify(judgement.findings, null, 2));
printSummary(swept, judgement);
if (missing.length > 0) console.error(howToFetch(mirrors, missing));
const crashed = swept.some(({ crashes }) => crashes.length > 0);
process.exitCode = crashed || missing.length > 0 ? 1 : 0;

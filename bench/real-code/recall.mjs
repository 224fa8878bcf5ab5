/**
 * Says how many leaks that people once fixed the plugin would have found: the
 * line before the fix is reported, the line after it isn't. Exits with 1 when a
 * rule crashed or a repository is missing.
 */
import { howToFetch, parseArguments } from "./lib/arguments.mjs";
import { historicalFixes } from "./lib/data.mjs";
import { gitDirectoryOf, hasCommit } from "./lib/git.mjs";
import { linterOf, measuredConfigs } from "./lib/lint-text.mjs";
import { loadPlugin } from "./lib/plugin.mjs";
import { printRecall } from "./lib/report.mjs";
import { tryFix } from "./lib/try-fix.mjs";

const { mirrors, plugin, only } = parseArguments();
const lint = linterOf(await loadPlugin(plugin));

/** @type {Set<string>} */
const missing = new Set();
const tried = historicalFixes()
  .filter(({ repository }) => only?.includes(repository) ?? true)
  .flatMap((fix) => {
    const gitDirectory = gitDirectoryOf(mirrors, fix.repository);
    if (!gitDirectory || !hasCommit(gitDirectory, fix.commit)) {
      missing.add(fix.repository);
      return [];
    }
    return [tryFix(fix, gitDirectory, lint)];
  });

for (const config of measuredConfigs) printRecall(config, tried);
if (missing.size > 0) console.error(howToFetch(mirrors, [...missing]));
const crashed = tried.some(({ crash }) => crash !== undefined);
process.exitCode = crashed || missing.size > 0 ? 1 : 0;

/**
 * Asks for rewrites at every labelled place that is still reported, and puts
 * each of them to the laws. Exits with 1 when one breaks a law or a repository
 * is missing.
 */
import { howToFetch, parseArguments } from "./lib/arguments.mjs";
import { labels } from "./lib/data.mjs";
import { gitDirectoryOf, hasCommit, textAt } from "./lib/git.mjs";
import { loadPlugin } from "./lib/plugin.mjs";
import { printRewrites } from "./lib/report.mjs";
import { rewritesOf } from "./lib/try-rewrites.mjs";

const { mirrors, plugin, only, quiet } = parseArguments();
const offer = rewritesOf(await loadPlugin(plugin));

/** @type {Map<string, import("./lib/data.mjs").Label[]>} */
const byFile = new Map();
for (const label of labels()) {
  if (only && !only.includes(label.repository)) continue;
  const key = `${label.repository} ${label.commit} ${label.file}`;
  byFile.set(key, [...(byFile.get(key) ?? []), label]);
}

/** @type {Set<string>} */
const missing = new Set();
/** @type {import("./lib/report.mjs").OfferedAt[]} */
const offered = [];
for (const places of byFile.values()) {
  const [{ repository, commit, file }] =
    /** @type {[import("./lib/data.mjs").Label]} */ (places);
  const gitDirectory = gitDirectoryOf(mirrors, repository);
  if (!gitDirectory || !hasCommit(gitDirectory, commit)) {
    missing.add(repository);
    continue;
  }
  const isLabelled = (/** @type {string} */ rule, /** @type {number} */ line) =>
    places.some((label) => label.rule === rule && label.line === line);
  const text = textAt(gitDirectory, commit, file);
  for (const each of offer(file, text, isLabelled)) {
    offered.push({ repository, file, ...each });
  }
}

printRewrites(offered, quiet);
if (missing.size > 0) console.error(howToFetch(mirrors, [...missing]));
const isBroken = offered.some(({ broken }) => broken.length > 0);
process.exitCode = isBroken || missing.size > 0 ? 1 : 0;

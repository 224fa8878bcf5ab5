/**
 * Measures what all rules of the plugin cost beside ESLint's own
 * `require-atomic-updates` and beside parsing, on the same files in one process.
 * Nothing else should run meanwhile.
 *
 *   npm run rule-cost -w semaphore-guard-bench [-- --rounds 15 --plugin <folder>]
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { Linter } from "eslint";
import { generatedFiles } from "./lib/generated-files.mjs";
import { costOf } from "./lib/measure.mjs";
import { parsers } from "./lib/parsers.mjs";
import { loadPlugin } from "./lib/plugin.mjs";
import { realFiles } from "./lib/real-files.mjs";
import { stopwatch } from "./lib/stopwatch.mjs";

const aims = { toAtomicUpdates: 0.3, toParse: 0.02 };

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    /** Another build of the plugin, to compare two versions. */
    plugin: {
      type: "string",
      default: fileURLToPath(new URL("../../eslint-plugin", import.meta.url)),
    },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new RangeError("--rounds takes a positive integer");
}
const plugin = await loadPlugin(values.plugin);

const real = realFiles().filter(parses);
const groups = {
  "real files without acquires": real.filter((file) => !acquires(file)),
  "real files with acquires": real.filter(acquires),
  "generated files with acquires": generatedFiles(100),
};

console.log(`Node ${process.version}, ${rounds} rounds, strict config`);
for (const [name, parser] of Object.entries(parsers)) {
  const measure = stopwatch(plugin.strict, parser);
  /** @type {Record<string, Record<string, number | string>>} */
  const table = {};
  for (const [title, files] of Object.entries(groups)) {
    const cost = costOf(files, rounds, measure);
    table[title] = {
      files: files.length,
      "parse ms": Math.round(cost.parse),
      "require-atomic-updates ms": Math.round(cost.atomicUpdates),
      "ours ms": Math.round(cost.ours),
      "ours / require-atomic-updates": `${cost.toAtomicUpdates.toFixed(2)} (${spread(cost.toAtomicUpdatesSpread, 1, 2)})`,
      "ours / parse %": `${(cost.toParse * 100).toFixed(1)} (${spread(cost.toParseSpread, 100, 1)})`,
    };
  }
  console.log(`\nParsed by ${name}`);
  console.table(table);
}
console.log(
  `Aims: at most ${aims.toAtomicUpdates} of require-atomic-updates; at most ${aims.toParse * 100} % of parsing where nothing acquires.\nIn brackets the middle half of the rounds.`,
);

/** @param {import("./lib/real-files.mjs").File} file */
function sourceCodeOf({ name, text }) {
  const linter = new Linter({ configType: "flat" });
  linter.verify(text, {}, { filename: name, allowInlineConfig: false });
  return linter.getSourceCode();
}

/** @param {import("./lib/real-files.mjs").File} file */
function parses(file) {
  return sourceCodeOf(file) !== null;
}

/** @param {import("./lib/real-files.mjs").File} file */
function acquires(file) {
  return plugin.acquires(sourceCodeOf(file));
}

/**
 * @param {readonly [number, number]} quartiles
 * @param {number} factor
 * @param {number} digits
 */
function spread(quartiles, factor, digits) {
  return quartiles.map((each) => (each * factor).toFixed(digits)).join(" to ");
}

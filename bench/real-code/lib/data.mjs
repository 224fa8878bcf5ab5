import { readFileSync } from "node:fs";

/**
 * A repository of the sample, frozen at a commit.
 * @typedef {{ repository: string, commit: string, uses: string[] }} Repository
 *
 * A verdict on one finding, reached by reading the code.
 * @typedef {object} Label
 * @property {string} repository
 * @property {string} commit
 * @property {string} file
 * @property {number} line
 * @property {string} rule
 * @property {boolean} verdict whether the finding is true
 * @property {string} reason
 *
 * A fix of a leak that somebody made.
 * @typedef {object} HistoricalFix
 * @property {string} repository
 * @property {string} commit the fix; what it fixed is its first parent
 * @property {string} file
 * @property {number} before the line that acquires, before the fix
 * @property {number | null} after the same line after it, null where the fix
 *   acquires no more
 * @property {string} [rule] `require-release` unless said otherwise
 * @property {string} bug what leaked
 *
 * How large a part of a rule's findings is labelled; all where it isn't said.
 * @typedef {object} Sampling
 * @property {string} seed
 * @property {Record<string, { production: number, tests: number }>} rates
 */

/**
 * The repositories of a sample, by the name of its file: `repositories`, which
 * the rules were worked on with, or one that was held out.
 * @param {string} sample
 */
export function repositories(sample = "repositories") {
  return /** @type {Repository[]} */ (JSON.parse(read(`${sample}.json`)));
}

/** How findings are drawn for labelling. */
export function sampling() {
  return /** @type {Sampling} */ (JSON.parse(read("sampling.json")));
}

/** The verdicts. */
export function labels() {
  return /** @type {Label[]} */ (lines("labels.ndjson"));
}

/** The fixes. */
export function historicalFixes() {
  return /** @type {HistoricalFix[]} */ (lines("historical-fixes.ndjson"));
}

/** @param {string} name @returns {unknown[]} */
function lines(name) {
  return read(name)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}

/** @param {string} name */
function read(name) {
  return readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
}

import { textAt } from "./git.mjs";

/**
 * @typedef {import("./data.mjs").HistoricalFix} HistoricalFix
 *
 * What a plugin says about the two sides of a fix.
 * @typedef {object} Tried
 * @property {HistoricalFix} fix
 * @property {string[]} before the configs that report the line before the fix
 * @property {string[]} after the configs that still report it after the fix
 * @property {string} [crash]
 */

/**
 * Lints a file before and after a fix.
 * @param {HistoricalFix} fix
 * @param {string} gitDirectory
 * @param {ReturnType<typeof import("./lint-text.mjs").linterOf>} lint
 * @returns {Tried}
 */
export function tryFix(fix, gitDirectory, lint) {
  const { commit, file } = fix;
  const rule = fix.rule ?? "require-release";
  /** @type {string | undefined} */
  let crash;
  /**
   * @param {string} at
   * @param {number | null} line
   */
  const configsThatReport = (at, line) => {
    if (line === null) return [];
    const linted = lint(file, textAt(gitDirectory, at, file));
    crash ??= linted.crash ?? linted.unparsable;
    return linted.findings
      .filter((finding) => finding.rule === rule && finding.line === line)
      .flatMap(({ configs }) => configs);
  };
  const before = configsThatReport(`${commit}^`, fix.before);
  const after = configsThatReport(commit, fix.after);
  return { fix, before, after, ...(crash !== undefined && { crash }) };
}

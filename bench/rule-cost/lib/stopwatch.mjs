import { Linter } from "eslint";
import { preparedConfig } from "./prepared-config.mjs";
import { timedParser } from "./timed-parser.mjs";

/**
 * What is measured; `none` is ESLint's own part in a run of rules, with one that
 * does nothing: the first rule of all costs ESLint more than any further one.
 */
export const measured = /** @type {const} */ ([
  "none",
  "require-atomic-updates",
  "ours",
]);

/**
 * Milliseconds that one file took.
 * @typedef {Record<(typeof measured)[number] | "parse", number>} Times
 */

/**
 * Makes the function that measures one file. Each measurement is taken on a
 * syntax tree of its own, since all that is found out of a tree is kept with it.
 * @param {import("eslint").Linter.Config} ours
 * @param {Record<string, unknown>} parser
 */
export function stopwatch(ours, parser) {
  const linter = new Linter({ configType: "flat" });
  const timed = timedParser(parser);
  /** @type {import("eslint").Linter.Config} */
  const none = {
    files: ["**/*.{js,cjs,mjs}"],
    languageOptions: { parser: timed },
    linterOptions: { reportUnusedDisableDirectives: "off" },
  };
  /** @type {import("eslint").Linter.Config} */
  const idle = {
    plugins: { idle: { rules: { idle: { meta: {}, create: () => ({}) } } } },
    rules: { "idle/idle": "error" },
  };
  const configs = {
    none: preparedConfig([none, idle]),
    "require-atomic-updates": preparedConfig([
      none,
      { rules: { "require-atomic-updates": "error" } },
    ]),
    ours: preparedConfig([none, ours]),
  };

  /**
   * @param {import("./real-files.mjs").File} file
   * @param {number} round by which the order changes
   * @returns {Times}
   */
  return function measure({ name, text }, round) {
    const options = { filename: name, allowInlineConfig: false };
    const times = { parse: 0, none: 0, "require-atomic-updates": 0, ours: 0 };
    for (let index = 0; index < measured.length; index++) {
      const which = measured[(index + round) % measured.length] ?? "none";
      linter.verify(text, configs.none, options);
      times.parse += timed.lastTook() / measured.length;
      const sourceCode = linter.getSourceCode();
      const started = performance.now();
      linter.verify(sourceCode, configs[which], options);
      times[which] = performance.now() - started;
    }
    return times;
  };
}

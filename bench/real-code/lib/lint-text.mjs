import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";

/** The configs that are measured, the narrower one first. */
export const measuredConfigs = /** @type {const} */ (["recommended", "strict"]);

const prefix = "semaphore-guard/";

/**
 * One report of a rule.
 * @typedef {object} Finding
 * @property {string} file
 * @property {number} line
 * @property {string} rule without the plugin's prefix
 * @property {string} message
 * @property {string[]} path the leaking path, a step a line
 * @property {string[]} configs the configs that report it
 *
 * What became of one file.
 * @typedef {object} Linted
 * @property {Finding[]} findings
 * @property {string} [unparsable] why the parser refused the file
 * @property {string} [crash] the stack of what a rule threw
 */

/**
 * Makes the function that lints a text with each config of a plugin. What the
 * text says about ESLint in comments is meant for other rules, and ignored.
 * @param {import("./plugin.mjs").Plugin} plugin
 * @returns {(file: string, text: string) => Linted}
 */
export function linterOf(plugin) {
  const linter = new Linter({ configType: "flat" });
  const configs = measuredConfigs.flatMap((name) => {
    const config = plugin.configs[name];
    return config ? [{ name, config: configFor(config) }] : [];
  });
  return (file, text) => {
    /** @type {Map<string, Finding>} */
    const findings = new Map();
    /** @type {string | import("eslint").SourceCode} */
    let code = text;
    try {
      for (const { name, config } of configs) {
        const messages = linter.verify(code, config, {
          filename: file,
          allowInlineConfig: false,
        });
        const fatal = messages.find((message) => message.fatal);
        if (fatal) return { findings: [], unparsable: fatal.message };
        code = linter.getSourceCode();
        for (const message of messages) {
          collect(findings, name, findingOf(message, file, code, plugin));
        }
      }
    } catch (error) {
      const crash = error instanceof Error ? error.stack : undefined;
      return { findings: [], crash: crash ?? String(error) };
    }
    return { findings: [...findings.values()] };
  };
}

/**
 * @param {import("eslint").Linter.Config | import("eslint").Linter.Config[]} config
 * @returns {import("eslint").Linter.Config[]}
 */
function configFor(config) {
  return [
    { files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"] },
    ...[config].flat(),
    {
      languageOptions: {
        parser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
  ];
}

/**
 * @param {Map<string, Finding>} findings
 * @param {string} config
 * @param {Finding} finding
 */
function collect(findings, config, finding) {
  const key = `${finding.line} ${finding.rule} ${finding.message}`;
  const known = findings.get(key) ?? finding;
  known.configs.push(config);
  findings.set(key, known);
}

/**
 * @param {import("eslint").Linter.LintMessage} message
 * @param {string} file
 * @param {import("eslint").SourceCode} code
 * @param {import("./plugin.mjs").Plugin} plugin
 * @returns {Finding}
 */
function findingOf({ line, column, ruleId, message }, file, code, plugin) {
  const rule = ruleId?.slice(prefix.length) ?? "";
  const leak =
    rule === "require-release"
      ? plugin.leaksOf(code).find(({ acquire: { loc } }) => {
          return loc.start.line === line && loc.start.column === column - 1;
        })
      : undefined;
  const path = (leak?.path ?? []).map(
    ({ loc, reason }) => `${file}:${loc.start.line} ${reason}`,
  );
  return { file, line, rule, message, path, configs: [] };
}

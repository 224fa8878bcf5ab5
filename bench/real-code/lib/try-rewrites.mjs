import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";

const prefix = "semaphore-guard/";

/**
 * What a plugin offers for one reported place.
 * @typedef {object} Offered
 * @property {string} rule
 * @property {number} line
 * @property {string[]} kinds the message ids of the rewrites
 * @property {{ kind: string, why: string }[]} broken the rewrites that break a
 *   law, and which
 */

/**
 * Makes the function that lists what a plugin offers in a text, and puts each
 * rewrite to the laws that need no execution: it parses, the place is no longer
 * reported, and nothing else is.
 * @param {import("./plugin.mjs").Plugin} plugin
 * @returns {(file: string, text: string, wanted: (rule: string, line: number) => boolean) => Offered[]}
 */
export function rewritesOf(plugin) {
  const linter = new Linter({ configType: "flat" });
  const { strict } = plugin.configs;
  /** @type {import("eslint").Linter.Config[]} */
  const config = [
    { files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"] },
    ...(strict ? [strict].flat() : []),
    // Not a problem but a matter of style, and `finally` brings it about.
    { rules: { [`${prefix}prefer-using`]: "off" } },
    {
      languageOptions: {
        parser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
  ];

  return (file, text, wanted) => {
    const before = lint(file, text);
    return before.flatMap((message) => {
      const rule = message.ruleId?.slice(prefix.length) ?? "";
      if (!wanted(rule, message.line)) return [];
      const suggestions = message.suggestions ?? [];
      return {
        rule,
        line: message.line,
        kinds: suggestions.map(({ messageId }) => messageId ?? ""),
        broken: suggestions.flatMap(({ messageId, fix }) => {
          const [start, end] = fix.range;
          const output = text.slice(0, start) + fix.text + text.slice(end);
          const why = violation(message, before, lint(file, output));
          return why ? [{ kind: messageId ?? "", why }] : [];
        }),
      };
    });
  };

  /**
   * @param {string} file
   * @param {string} text
   */
  function lint(file, text) {
    return linter.verify(text, config, {
      filename: file,
      allowInlineConfig: false,
    });
  }
}

/**
 * @param {import("eslint").Linter.LintMessage} message
 * @param {import("eslint").Linter.LintMessage[]} before
 * @param {import("eslint").Linter.LintMessage[]} after
 */
function violation({ ruleId }, before, after) {
  const fatal = after.find((each) => each.fatal);
  if (fatal) return `line ${fatal.line}: ${fatal.message}`;
  const old = countByRule(before);
  for (const [rule, count] of countByRule(after)) {
    const allowed = (old.get(rule) ?? 0) - (rule === ruleId ? 1 : 0);
    if (count <= allowed) continue;
    const last = after.findLast((each) => each.ruleId === rule);
    return `${rule === ruleId ? "is still reported" : "brings about"}: line ${last?.line}: ${last?.message}`;
  }
  return undefined;
}

/** @param {import("eslint").Linter.LintMessage[]} messages */
function countByRule(messages) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { ruleId } of messages) {
    if (ruleId) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  }
  return counts;
}

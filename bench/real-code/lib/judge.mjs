import { isDrawn, keyOf } from "./keys.mjs";
import { measuredConfigs } from "./lint-text.mjs";
import { Precision } from "./precision.mjs";
import { isTest } from "./source-files.mjs";

/**
 * @typedef {import("./data.mjs").Label} Label
 * @typedef {import("./sweep-repository.mjs").RepositoryFinding} Finding
 *
 * A finding beside what was said of it.
 * @typedef {Finding & { drawn: boolean, label: Label | undefined }} Judged
 *
 * @typedef {object} Judgement
 * @property {Judged[]} findings
 * @property {Judged[]} unlabelled those drawn that nobody has read
 * @property {Label[]} gone labels whose finding is no longer reported
 * @property {{ config: string, code: string, precision: Precision }[]} tables
 */

/**
 * Compares findings with the labels.
 * @param {readonly Finding[]} found
 * @param {readonly Label[]} labels
 * @param {import("./data.mjs").Sampling} sampling
 * @returns {Judgement}
 */
export function judge(found, labels, sampling) {
  const byKey = new Map(labels.map((label) => [keyOf(label), label]));
  const findings = found.map((finding) => {
    const drawn = isDrawn(finding, sampling);
    return { ...finding, drawn, label: byKey.get(keyOf(finding)) };
  });
  const reported = new Set(findings.map(keyOf));
  return {
    findings,
    unlabelled: findings.filter(({ drawn, label }) => drawn && !label),
    gone: labels.filter((label) => !reported.has(keyOf(label))),
    tables: measuredConfigs.flatMap((config) =>
      ["production", "tests and examples"].map((code) => {
        const tests = code !== "production";
        const precision = new Precision();
        for (const finding of findings) {
          if (!finding.configs.includes(config)) continue;
          if (isTest(finding.file) !== tests) continue;
          // A label outside of the draw would skew it.
          const label = finding.drawn ? finding.label : undefined;
          precision.add(finding.rule, label?.verdict);
        }
        return { config, code, precision };
      }),
    ),
  };
}

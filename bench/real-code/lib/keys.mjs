import { createHash } from "node:crypto";
import { isTest } from "./source-files.mjs";

/**
 * What makes two findings the same one: the place and the rule.
 * @param {{ repository: string, file: string, line: number, rule: string }} place
 */
export function keyOf({ repository, file, line, rule }) {
  return `${repository} ${file}:${line} ${rule}`;
}

/**
 * Whether a finding is one of those drawn for labelling. A larger rate draws
 * the same findings and more, so that labels stay of use.
 * @param {{ repository: string, file: string, line: number, rule: string }} place
 * @param {import("./data.mjs").Sampling} sampling
 */
export function isDrawn(place, { seed, rates }) {
  const key = `${seed} ${keyOf(place)}`;
  const hash = createHash("sha256").update(key).digest();
  const code = isTest(place.file) ? "tests" : "production";
  return hash.readUInt32BE(0) / 2 ** 32 < (rates[place.rule]?.[code] ?? 1);
}

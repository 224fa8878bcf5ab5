import { createHash } from "node:crypto";

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
 * @param {string} key
 * @param {string} rule
 * @param {import("./data.mjs").Sampling} sampling
 */
export function isDrawn(key, rule, { seed, rates }) {
  const hash = createHash("sha256").update(`${seed} ${key}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32 < (rates[rule] ?? 1);
}

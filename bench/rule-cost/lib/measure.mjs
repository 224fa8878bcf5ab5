import { median, quantile, sum } from "./statistics.mjs";

/**
 * What a group of files costs, in milliseconds and as ratios with their
 * quartiles over the rounds.
 * @typedef {object} Cost
 * @property {number} parse
 * @property {number} atomicUpdates
 * @property {number} ours
 * @property {number} toAtomicUpdates ours as a multiple of `require-atomic-updates`
 * @property {[number, number]} toAtomicUpdatesSpread
 * @property {number} toParse ours as a share of the time to parse
 * @property {[number, number]} toParseSpread
 */

/**
 * Measures a group of files. A file counts with the median of its rounds, so
 * that one pause of the machine or the garbage collector doesn't count.
 * @param {readonly import("./real-files.mjs").File[]} files
 * @param {number} rounds
 * @param {ReturnType<import("./stopwatch.mjs").stopwatch>} measure
 * @returns {Cost}
 */
export function costOf(files, rounds, measure) {
  // The first rounds only warm the machine code up.
  const warmUp = 2;
  /** @type {import("./stopwatch.mjs").Times[][]} */
  const byRound = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const times = files.map((file) => measure(file, round));
    if (round >= warmUp) byRound.push(times);
  }
  const typical = files.map((_, file) => {
    const times = byRound.flatMap((round) => round[file] ?? []);
    return {
      parse: median(times.map(({ parse }) => parse)),
      none: median(times.map(({ none }) => none)),
      ours: median(times.map(({ ours }) => ours)),
      "require-atomic-updates": median(
        times.map((each) => each["require-atomic-updates"]),
      ),
    };
  });
  const cost = totalOf(typical);
  const rough = byRound.map(totalOf);
  return {
    ...cost,
    toAtomicUpdatesSpread: quartiles(rough.map((each) => each.toAtomicUpdates)),
    toParseSpread: quartiles(rough.map(({ toParse }) => toParse)),
  };
}

/** @param {readonly import("./stopwatch.mjs").Times[]} times one for each file */
function totalOf(times) {
  const parse = sum(times.map((each) => each.parse));
  const none = sum(times.map((each) => each.none));
  const ours = sum(times.map((each) => each.ours)) - none;
  const atomicUpdates =
    sum(times.map((each) => each["require-atomic-updates"])) - none;
  return {
    parse,
    atomicUpdates,
    ours,
    toAtomicUpdates: ours / atomicUpdates,
    toParse: ours / parse,
  };
}

/**
 * @param {readonly number[]} values
 * @returns {[number, number]}
 */
function quartiles(values) {
  return [quantile(values, 0.25), quantile(values, 0.75)];
}

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { describeViolation, runLaws } from "./run-laws.js";

const { SEMAPHORE_GUARD_REWRITE_RUNS, SEMAPHORE_GUARD_REWRITE_SEED } =
  process.env;

/**
 * As many in a long run as are asked for: `npm run laws -w
 * eslint-plugin-semaphore-guard` with the variables above.
 */
const runs = Number(SEMAPHORE_GUARD_REWRITE_RUNS ?? 10_000);
// The usual run has the same programs each time, so that it fails by what was changed.
const seed = Number(
  SEMAPHORE_GUARD_REWRITE_SEED ??
    (SEMAPHORE_GUARD_REWRITE_RUNS === undefined ? 1 : randomInt(2 ** 31)),
);

/** Programs that are rewritten and run in a second, on a busy machine. */
const slowestPace = 5;

describe("Every rewrite", () => {
  it(`keeps the laws in ${runs} generated programs`, async function () {
    this.timeout((60 + runs / slowestPace) * 1000);
    const { tally, violations } = await runLaws({ seed, runs, keep: 5 });
    const { kinds, ...counts } = tally!;
    console.log(
      Object.entries({ seed, ...counts, ...kinds })
        .map(([name, count]) => `      ${name}: ${count}`)
        .join("\n"),
    );
    assert.equal(
      counts.violations,
      0,
      violations.map(describeViolation).join("\n\n"),
    );
  });
});

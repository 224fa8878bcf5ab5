import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import fc from "fast-check";
import { noOccurrences, noteProductions } from "./grammar/productions.js";
import { program } from "./grammar/program-grammar.js";
import { describeCounterexample, runOracle } from "./run-oracle.js";

const { SEMAPHORE_GUARD_ORACLE_RUNS, SEMAPHORE_GUARD_ORACLE_SEED } =
  process.env;

/**
 * As many in a long run as are asked for: `npm run oracle -w
 * eslint-plugin-semaphore-guard` with the variables above.
 */
const runs = Number(SEMAPHORE_GUARD_ORACLE_RUNS ?? 10_000);
// The usual run has the same programs each time, so that it fails by what was changed.
const seed = Number(
  SEMAPHORE_GUARD_ORACLE_SEED ??
    (SEMAPHORE_GUARD_ORACLE_RUNS === undefined ? 1 : randomInt(2 ** 31)),
);

/** Programs that are judged in a second, on a machine with a lot else to do. */
const slowestPace = 8;

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `      ${name}: ${count}`)
    .join("\n");
}

describe("The analysis of permits", () => {
  it(`agrees with ${runs} programs run over all their outcomes`, async function () {
    this.timeout((60 + runs / slowestPace) * 1000);
    const { tally, counterexamples } = await runOracle({ seed, runs, keep: 5 });
    const { productions, ...counts } = tally;
    console.log(`${listed({ seed, ...counts })}
      programs with
${listed(productions)}`);
    const { falsePositives, falseNegatives } = tally;
    assert.deepEqual(
      { falsePositives, falseNegatives },
      { falsePositives: 0, falseNegatives: 0 },
      counterexamples.map(describeCounterexample).join("\n\n"),
    );
  });

  it("is put to a test that has leaks to find and safe programs to pass", async () => {
    const { tally } = await runOracle({ seed: 1, runs: 200, keep: 0 });
    const { acquires, leaks, programs, silentByDesign, undecided, unreached } =
      tally;
    assert.equal(programs, 200);
    assert.ok(leaks > acquires / 5 && leaks < (acquires * 4) / 5);
    assert.ok(silentByDesign + undecided + unreached < acquires / 20);
  }).timeout(60_000);

  it("is put to a test in which no production of the grammar is missing", () => {
    const occurrences = noOccurrences();
    for (const code of fc.sample(program, { seed: 1, numRuns: 5_000 })) {
      noteProductions(code, occurrences);
    }
    const missing = Object.entries(occurrences).filter(
      ([, count]) => count === 0,
    );
    assert.deepEqual(missing, []);
  }).timeout(60_000);
});

import { runSuite, type Suite } from "./run-suite.js";
import { formatTally, sumTallies, type Tally } from "./tally.js";

/**
 * Runs suites one after another and prints, as the last line, their sum.
 *
 * @returns whether every one of them ran and passed
 */
export async function runAll(suites: readonly Suite[]): Promise<boolean> {
  const tallies: Tally[] = [];
  for (const suite of suites) {
    console.log(`\n── ${suite.name}`);
    const { tally, problem } = await runSuite(suite);
    tallies.push(tally);
    if (problem !== undefined) {
      console.log(`The suite ${suite.name} ${problem}.`);
    }
  }
  const total = sumTallies(tallies);
  console.log(`\n${formatTally(total)}`);
  return total.failed === 0;
}

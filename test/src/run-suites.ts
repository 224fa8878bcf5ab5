import { runSuite, type SuiteResult } from "./suites/run-suite.js";
import { suites } from "./suites/suite-list.js";
import { formatTally, sumTallies } from "./suites/tally.js";

const results: SuiteResult[] = [];
for (const suite of suites) {
  console.log(`\n── ${suite.name}`);
  const result = await runSuite(suite);
  results.push(result);
  if (result.problem !== undefined) {
    console.error(`${suite.name} ${result.problem}`);
  }
}

const total = sumTallies(results.map(({ tally }) => tally));
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${formatTally(total)}`);

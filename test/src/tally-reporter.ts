import Mocha from "mocha";
import { tallyFile, writeTally } from "./suites/tally.js";

/**
 * Mocha's spec reporter, which also writes what it counted to the file that
 * the environment names, if it names one.
 */
export default class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = tallyFile();
      if (file !== undefined) {
        const { passes, failures, pending } = this.stats;
        writeTally(file, {
          passed: passes,
          failed: failures,
          skipped: pending,
        });
      }
    });
  }
}

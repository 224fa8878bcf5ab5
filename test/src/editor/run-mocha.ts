import Mocha from "mocha";
import { format } from "node:util";
import { fileURLToPath } from "node:url";
import type { Tally } from "../suites/tally.js";

/** Runs test files in this process. */
export async function runMocha(
  files: readonly URL[],
  print: (line: string) => void,
): Promise<Tally> {
  const mocha = new Mocha({ color: false, forbidOnly: true, timeout: 180_000 });
  for (const file of files) {
    mocha.addFile(fileURLToPath(file));
  }
  await mocha.loadFilesAsync();
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
    print(format(...values));
  };
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const started = mocha.run(() => {
      resolve(started);
    });
  });
  const { passes, failures, pending } = runner.stats ?? {
    passes: 0,
    failures: 1,
    pending: 0,
  };
  return { passed: passes, failed: failures, skipped: pending };
}

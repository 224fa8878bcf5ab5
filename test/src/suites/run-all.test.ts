import assert from "node:assert/strict";
import { x } from "tinyexec";
import type { Suite } from "./run-suite.js";

/** Runs suites in a process of their own, so that its output can be read. */
async function runAll(suites: readonly Suite[]) {
  const runner = new URL("run-all.js", import.meta.url).href;
  return x(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { runAll } from ${JSON.stringify(runner)};
     process.exitCode = (await runAll(${JSON.stringify(suites)})) ? 0 : 1;`,
  ]);
}

function suite(name: string, passed: number, failed: number): Suite {
  const tally = JSON.stringify({ passed, failed, skipped: 0 });
  return {
    name,
    command: process.execPath,
    args: [
      "--eval",
      `console.log("output of ${name}");
       fs.writeFileSync(process.env.SEMAPHORE_GUARD_TALLY, '${tally}');`,
    ],
  };
}

describe("runAll", () => {
  it("ends with the sum, after what the suites printed", async () => {
    const { stdout, exitCode } = await runAll([
      suite("one", 1, 0),
      suite("two", 20, 0),
    ]);
    assert.deepEqual(stdout.split("\n"), [
      "",
      "── one",
      "output of one",
      "",
      "── two",
      "output of two",
      "",
      "21 passed, 0 failed",
      "",
    ]);
    assert.equal(exitCode, 0);
  });

  it("runs the suites behind one that failed, and fails", async () => {
    const { stdout, exitCode } = await runAll([
      suite("one", 1, 2),
      suite("two", 20, 0),
    ]);
    assert.match(stdout, /output of two\n\n21 passed, 2 failed\n$/);
    assert.equal(exitCode, 1);
  });

  it("says which suite crashed, and fails", async () => {
    const { stdout, exitCode } = await runAll([
      { name: "gone", command: process.execPath, args: ["--eval", ""] },
      suite("two", 20, 0),
    ]);
    assert.match(stdout, /^The suite gone wrote no tally\.$/m);
    assert.match(stdout, /\n20 passed, 1 failed\n$/);
    assert.equal(exitCode, 1);
  });
});

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { readTally } from "./suites/tally.js";
import { TemporaryFolder } from "./temporary-folder.js";

const require = createRequire(import.meta.url);
const mocha = path.join(
  path.dirname(require.resolve("mocha/package.json")),
  "bin",
  "mocha.js",
);
const reporter = fileURLToPath(new URL("tally-reporter.js", import.meta.url));

/** Runs mocha on one file, as the runner of the suites makes it run. */
async function runMocha(folder: TemporaryFolder, env: NodeJS.ProcessEnv = {}) {
  return x(
    process.execPath,
    [mocha, "--no-color", "--reporter", reporter, folder.file("some.test.mjs")],
    { nodeOptions: { cwd: folder.path, env: { MOCHA_OPTIONS: "", ...env } } },
  );
}

describe("TallyReporter", () => {
  it("writes what passed, failed and was skipped, and prints as spec does", async () => {
    await using folder = await TemporaryFolder.create({
      "some.test.mjs": `
        it("passes", () => {});
        it("passes as well", async () => {});
        it("fails", () => { throw new Error("on purpose"); });
        it("is yet to be written");
      `,
    });
    const file = folder.file("tally.json");
    const { stdout, exitCode } = await runMocha(folder, {
      SEMAPHORE_GUARD_TALLY: file,
    });
    assert.deepEqual(readTally(file), { passed: 2, failed: 1, skipped: 1 });
    assert.match(stdout, /✔ passes as well/);
    assert.match(stdout, /2 passing/);
    assert.equal(exitCode, 1);
  });

  it("counts a failing hook as a failure", async () => {
    await using folder = await TemporaryFolder.create({
      "some.test.mjs": `
        before(() => { throw new Error("on purpose"); });
        it("never runs", () => {});
      `,
    });
    const file = folder.file("tally.json");
    await runMocha(folder, { SEMAPHORE_GUARD_TALLY: file });
    assert.deepEqual(readTally(file), { passed: 0, failed: 1, skipped: 0 });
  });

  it("writes nothing where no file is named", async () => {
    await using folder = await TemporaryFolder.create({
      "some.test.mjs": `it("passes", () => {});`,
    });
    const { exitCode } = await runMocha(folder, {
      SEMAPHORE_GUARD_TALLY: undefined,
    });
    assert.equal(readTally(folder.file("tally.json")), undefined);
    assert.equal(exitCode, 0);
  });
});

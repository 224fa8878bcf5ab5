import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";
import { ensureNode } from "./ensure-node.js";

const require = createRequire(import.meta.url);

describe("The tests of semaphore-guard", () => {
  for (const version of ["22.23.3", "24.21.0"]) {
    it(`pass on Node ${version}`, async function () {
      this.timeout("5m");
      const node = await ensureNode(version);
      const { stdout, stderr, exitCode } = await x(
        node,
        [
          require.resolve("mocha/bin/mocha.js"),
          "--reporter",
          "dot",
          "runtime/dist/test/**/*.test.js",
        ],
        // Before the test's own: one that hangs would outlive it.
        { timeout: 4 * 60_000, nodeOptions: { cwd: repositoryFolder } },
      );
      assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
      assert.match(stdout, /\d+ passing/);
    });
  }
});

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";

const require = createRequire(import.meta.url);

describe("The tests of semaphore-guard", () => {
  for (const version of [22, 24]) {
    it(`pass on Node ${version}`, async function () {
      this.timeout("5m");
      const node = executable(version);
      const { stdout, stderr, exitCode } = await x(
        node,
        [
          require.resolve("mocha/bin/mocha.js"),
          "--reporter",
          "dot",
          "runtime/dist/test/**/*.test.js",
        ],
        { nodeOptions: { cwd: repositoryFolder } },
      );
      assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
      assert.match(stdout, /\d+ passing/);
    });
  }
});

/** npm installs those that run on this machine. */
function executable(version: number): string {
  const name = `node-${version}-${process.platform}-${process.arch}`;
  const file = path.join(repositoryFolder, "node_modules", name, "bin/node");
  assert.ok(existsSync(file), `${name} is not installed`);
  return file;
}

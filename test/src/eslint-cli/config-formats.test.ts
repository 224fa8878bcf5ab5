import assert from "node:assert/strict";
import type { ESLint } from "eslint";
import { linkInstalledPackages } from "../installed-packages.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { runEslint, type EslintVersion } from "./run-eslint.js";

const versions: readonly EslintVersion[] = ["ESLint 10", "ESLint 9"];

const configs = {
  "eslint.config.mjs": `
    import semaphoreGuard from "eslint-plugin-semaphore-guard";
    export default [semaphoreGuard.configs.recommended];
  `,
  "eslint.config.cjs": `
    const { default: semaphoreGuard } = require("eslint-plugin-semaphore-guard");
    module.exports = [semaphoreGuard.configs.recommended];
  `,
};

const leaking = `
import { Semaphore } from "semaphore-guard";
const semaphore = new Semaphore(1);
export async function load(url) {
  const permit = await semaphore.acquire();
  const response = await fetch(url);
  permit.release();
  return response;
}
`;

for (const version of versions) {
  for (const [name, config] of Object.entries(configs)) {
    describe(`${version} with an ${name}`, () => {
      it("finds a leak", async () => {
        await using folder = await TemporaryFolder.create({
          "package.json": "{}",
          [name]: config,
          "load.mjs": leaking,
        });
        await linkInstalledPackages(folder.path);
        const { exitCode, stdout, stderr } = await runEslint(
          folder.path,
          [".", "--format", "json"],
          version,
        );
        assert.equal(stderr, "");
        const found = (JSON.parse(stdout) as ESLint.LintResult[])
          .filter(({ filePath }) => filePath === folder.file("load.mjs"))
          .flatMap(({ messages }) => messages);
        assert.deepEqual(
          found.map(({ line, ruleId }) => ({ line, ruleId })),
          [{ line: 5, ruleId: "semaphore-guard/require-release" }],
        );
        assert.equal(exitCode, 1);
      });
    });
  }
}

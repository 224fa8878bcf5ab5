import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { ESLint } from "eslint";
import { copyProject } from "../demo/copy-project.js";
import { sampleFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { runEslint, type EslintVersion } from "./run-eslint.js";

const versions: readonly EslintVersion[] = ["ESLint 10", "ESLint 9"];

const unparsable = {
  "broken.js": "const permit = await semaphore.acquire(;\n",
  "broken.ts": "const permit: = await semaphore.acquire();\n",
  "half-typed.js": "async function load() { const permit = await sem.\n",
};

for (const version of versions) {
  describe(`a file that ${version} can't parse`, () => {
    for (const [name, source] of Object.entries(unparsable)) {
      it(`gives the parser's error for ${name}, and no crash`, async () => {
        await using folder = await TemporaryFolder.create();
        const copy = folder.file("project");
        await copyProject(sampleFolder, copy);
        await writeFile(path.join(copy, "src", name), source);

        const { exitCode, stdout, stderr } = await runEslint(
          copy,
          [`src/${name}`, "--format", "json"],
          version,
        );
        assert.equal(stderr, "");
        const [result] = JSON.parse(stdout) as ESLint.LintResult[];
        assert.equal(result?.messages.length, 1);
        const [error] = result.messages;
        assert.equal(error?.fatal, true);
        assert.equal(error.ruleId, null);
        assert.match(error.message, /^Parsing error: /);
        assert.equal(exitCode, 1);
      });
    }
  });
}

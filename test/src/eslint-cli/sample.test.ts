import assert from "node:assert/strict";
import path from "node:path";
import type { ESLint } from "eslint";
import { applyFirstSuggestions } from "../demo/apply-suggestions.js";
import { copyProject } from "../demo/copy-project.js";
import { sampleFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { runEslint, type EslintVersion } from "./run-eslint.js";

const versions: readonly EslintVersion[] = ["ESLint 10", "ESLint 9"];

const release = "semaphore-guard/require-release";
const promiseAll = "semaphore-guard/no-unbounded-promise-all";

/** Every bug of the sample; what isn't here must stay silent. */
const bugs = [
  `src/catalogue.js:9 ${release}`,
  `src/catalogue.js:18 ${release}`,
  `src/crawl.js:12 ${promiseAll}`,
  `src/orders.ts:13 ${release}`,
  `src/stock.ts:8 ${release}`,
].sort();

for (const version of versions) {
  describe(`the sample project, linted by the command line of ${version}`, () => {
    it("fails with every bug, and nothing else, in JSON", async () => {
      const { exitCode, stdout, stderr } = await runEslint(
        sampleFolder,
        [".", "--format", "json"],
        version,
      );
      assert.equal(stderr, "");
      const results = JSON.parse(stdout) as ESLint.LintResult[];
      assert.deepEqual(results.flatMap(places).sort(), bugs);
      assert.equal(exitCode, 1);
    });

    it("fails with the same bugs in the output that people read", async () => {
      const { exitCode, stdout } = await runEslint(
        sampleFolder,
        [".", "--no-color"],
        version,
      );
      assert.deepEqual(placesInText(stdout).sort(), bugs);
      assert.match(stdout, /✖ 5 problems \(5 errors, 0 warnings\)/);
      assert.equal(exitCode, 1);
    });

    it("passes once the suggestions are applied", async () => {
      await using folder = await TemporaryFolder.create();
      const copy = folder.file("fixed");
      await copyProject(sampleFolder, copy);
      await applyFirstSuggestions(copy);
      assert.deepEqual(await runEslint(copy, ["."], version), {
        exitCode: 0,
        stdout: "",
        stderr: "",
      });
    });
  });
}

function places({ filePath, messages }: ESLint.LintResult): string[] {
  return messages.map(
    ({ line, ruleId }) =>
      `${inSample(filePath)}:${String(line)} ${ruleId ?? ""}`,
  );
}

/** The same from ESLint's stylish format: a file's path, its findings below. */
function placesInText(text: string): string[] {
  const found: string[] = [];
  let file = "";
  for (const row of text.split("\n")) {
    if (path.isAbsolute(row)) {
      file = inSample(row);
    }
    const finding = /^ +(?<line>\d+):\d+ .* (?<rule>\S+)$/.exec(row)?.groups;
    if (finding) {
      found.push(`${file}:${finding["line"] ?? ""} ${finding["rule"] ?? ""}`);
    }
  }
  return found;
}

function inSample(file: string): string {
  return path.relative(sampleFolder, file).replaceAll(path.sep, path.posix.sep);
}

import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import plugin from "eslint-plugin-semaphore-guard";
import { TemporaryFolder } from "../support/temporary-folder.js";
import type { Finding } from "./finding.js";
import { eslintSuggestions, runEslint } from "./run-eslint.js";
import { applyOxlintSuggestions, runOxlint } from "./run-oxlint.js";

const root = new URL("../../../", import.meta.url);
const samples = fileURLToPath(new URL("test/oxlint/fixtures", root));
const sampleProject = fileURLToPath(new URL("../test/sample/src", root));
const config = path.join(samples, ".oxlintrc.json");

describe("oxlint, with the plugin as a JS plugin", () => {
  let found: Finding[];

  before(async () => {
    found = await runOxlint(samples, config);
  });

  // The samples are linted with every rule on what goes wrong.
  for (const name of Object.keys(plugin.configs.strict.rules ?? {})) {
    const rule = name.replace("semaphore-guard/", "");
    it(`reports the bad sample of ${rule}, and not the good one`, () => {
      const inSamples = found.filter(({ file }) => path.dirname(file) === rule);
      assert(inSamples.length > 0);
      for (const finding of inSamples) {
        assert.equal(finding.rule, rule);
        assert.equal(path.parse(finding.file).name, "bad");
      }
    });
  }

  it("knows the semaphores that the settings add", () => {
    assert.deepEqual(
      found
        .filter(({ file }) => path.dirname(file) === "settings")
        .map(({ file, line, rule }) => ({ file, line, rule })),
      [
        {
          file: path.join("settings", "bad.js"),
          line: 6,
          rule: "require-release",
        },
      ],
    );
  });

  it("says of the samples what ESLint says", async () => {
    assert.deepEqual(found, await runEslint(samples, config));
  });

  it("says of the sample project what ESLint says", async () => {
    const expected = await runEslint(sampleProject, config);
    assert(expected.length > 0);
    assert.deepEqual(await runOxlint(sampleProject, config), expected);
  });

  for (const [title, folder] of Object.entries({
    "the samples": samples,
    "the sample project": sampleProject,
  })) {
    it(`writes into ${title} what ESLint suggests`, async () => {
      await using copy = await TemporaryFolder.create({});
      await cp(folder, copy.path, { recursive: true });
      await applyOxlintSuggestions(copy.path, config);
      for (const [file, expected] of Object.entries(
        await eslintSuggestions(folder, config),
      )) {
        assert.equal(await readFile(copy.file(file), "utf8"), expected, file);
      }
    });
  }
});

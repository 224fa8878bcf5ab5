import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { TemporaryFolder } from "../temporary-folder.js";
import { applyFirstSuggestions } from "./apply-suggestions.js";

const sayGood = `
  "Identifier[name='bad']"(node) {
    context.report({
      node,
      message: "bad",
      fix: (fixer) => fixer.replaceText(node, "wrong"),
      suggest: [
        { desc: "say good", fix: (fixer) => fixer.replaceText(node, "good") },
        { desc: "say other", fix: (fixer) => fixer.replaceText(node, "other") },
      ],
    });
  }`;

const sayWorse = `
  "Identifier[name=/^bad/]"(node) {
    context.report({ node, message: "bad", suggest: [{
      desc: "say worse",
      fix: (fixer) => fixer.insertTextAfter(node, "der"),
    }] });
  }`;

const unwrap = `
  "CallExpression[callee.name='bad']"(node) {
    const argument = context.sourceCode.getText(node.arguments[0]);
    context.report({ node, message: "bad", suggest: [{
      desc: "unwrap",
      fix: (fixer) => fixer.replaceText(node, argument),
    }] });
  }`;

/** A project with one file and, as its only rule, one with this visitor. */
function project(visitor: string, source: string): Promise<TemporaryFolder> {
  return TemporaryFolder.create({
    "package.json": `{ "type": "module" }`,
    "eslint.config.js": `
      const up = {
        meta: { hasSuggestions: true, fixable: "code", schema: [] },
        create: (context) => ({ ${visitor} }),
      };
      export default [{
        files: ["src/*.js"],
        plugins: { made: { rules: { up } } },
        rules: { "made/up": "error" },
      }];
    `,
    "src/some.js": source,
  });
}

function sourceIn(folder: TemporaryFolder): Promise<string> {
  return readFile(folder.file("src/some.js"), "utf8");
}

describe("applyFirstSuggestions", () => {
  it("applies the first suggestion of every finding, and no plain fix", async () => {
    await using folder = await project(sayGood, "bad(1);\nfine(bad);\n");
    const applied = {
      file: "src/some.js",
      ruleId: "made/up",
      description: "say good",
    };
    assert.deepEqual(await applyFirstSuggestions(folder.path), [
      { ...applied, line: 1 },
      { ...applied, line: 2 },
    ]);
    assert.equal(await sourceIn(folder), "good(1);\nfine(good);\n");
  });

  it("touches nothing where nothing is found", async () => {
    await using folder = await project(sayGood, "fine();\n");
    assert.deepEqual(await applyFirstSuggestions(folder.path), []);
    assert.equal(await sourceIn(folder), "fine();\n");
  });

  it("goes on when more rounds are needed than ESLint makes by itself", async () => {
    const nested = 25;
    await using folder = await project(
      unwrap,
      `${"bad(".repeat(nested)}1${")".repeat(nested)};\n`,
    );
    const applied = await applyFirstSuggestions(folder.path);
    assert.equal(applied.length, nested);
    assert.equal(await sourceIn(folder), "1;\n");
  });

  it("gives up on suggestions that lead nowhere", async () => {
    await using folder = await project(sayWorse, "bad();\n");
    await assert.rejects(
      applyFirstSuggestions(folder.path),
      /Suggestions don't settle: 1 are left/,
    );
  });
});

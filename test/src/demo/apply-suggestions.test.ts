import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { TemporaryFolder } from "../temporary-folder.js";
import { applyFirstSuggestions } from "./apply-suggestions.js";

/** A project whose only rule suggests for every `from` first to say `to`. */
async function project(
  from: string,
  to: string,
  source: string,
): Promise<TemporaryFolder> {
  const rule = `{
    meta: { hasSuggestions: true, fixable: "code", schema: [] },
    create: (context) => ({
      "Identifier[name='${from}']"(node) {
        context.report({
          node,
          message: "not ${from}",
          fix: (fixer) => fixer.replaceText(node, "wrong"),
          suggest: [
            { desc: "say ${to}", fix: (fixer) => fixer.replaceText(node, "${to}") },
            { desc: "say other", fix: (fixer) => fixer.replaceText(node, "other") },
          ],
        });
      },
    }),
  }`;
  return TemporaryFolder.create({
    "package.json": `{ "type": "module" }`,
    "eslint.config.js": `export default [{
      files: ["src/*.js"],
      plugins: { made: { rules: { up: ${rule} } } },
      rules: { "made/up": "error" },
    }];`,
    "src/some.js": source,
  });
}

describe("applyFirstSuggestions", () => {
  it("applies the first suggestion of every finding, and no plain fix", async () => {
    await using folder = await project("bad", "good", "bad(1);\nfine(bad);\n");
    assert.deepEqual(await applyFirstSuggestions(folder.path), [
      {
        file: "src/some.js",
        line: 1,
        ruleId: "made/up",
        description: "say good",
      },
      {
        file: "src/some.js",
        line: 2,
        ruleId: "made/up",
        description: "say good",
      },
    ]);
    assert.equal(
      await readFile(folder.file("src/some.js"), "utf8"),
      "good(1);\nfine(good);\n",
    );
  });

  it("touches nothing where nothing is found", async () => {
    await using folder = await project("bad", "good", "fine();\n");
    assert.deepEqual(await applyFirstSuggestions(folder.path), []);
    assert.equal(
      await readFile(folder.file("src/some.js"), "utf8"),
      "fine();\n",
    );
  });

  it("goes on when more rounds are needed than ESLint makes by itself", async () => {
    const nested = 25;
    await using folder = await TemporaryFolder.create({
      "package.json": `{ "type": "module" }`,
      "eslint.config.js": `export default [{
        files: ["src/*.js"],
        plugins: { made: { rules: { up: {
          meta: { hasSuggestions: true, schema: [] },
          create: (context) => ({
            "CallExpression[callee.name='bad']"(node) {
              const argument = node.arguments[0];
              context.report({ node, message: "bad", suggest: [{
                desc: "unwrap",
                fix: (fixer) =>
                  fixer.replaceText(node, context.sourceCode.getText(argument)),
              }] });
            },
          }),
        } } } },
        rules: { "made/up": "error" },
      }];`,
      "src/some.js": `${"bad(".repeat(nested)}1${")".repeat(nested)};\n`,
    });
    assert.equal((await applyFirstSuggestions(folder.path)).length, nested);
    assert.equal(await readFile(folder.file("src/some.js"), "utf8"), "1;\n");
  });

  it("gives up on suggestions that lead nowhere", async () => {
    await using folder = await project("bad", "bad", "bad();\n");
    await assert.rejects(
      applyFirstSuggestions(folder.path),
      /Suggestions don't settle: 1 are left/,
    );
  });
});

import assert from "node:assert/strict";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript } from "./leaks.js";

describe("bad input", function () {
  this.timeout(120_000);
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  for (const [uri, languageId] of [
    ["file:///project/broken.js", "javascript"],
    ["file:///project/broken.ts", "typescript"],
  ] as const) {
    it(`shows the parser's error in ${uri} and recovers with the next edit`, async () => {
      await server.open(
        uri,
        languageId,
        `const ok = 1;\nfunction (\n${leakingJavaScript}`,
      );
      const [diagnostic, ...others] = await server.diagnostics(uri);
      assert.deepEqual(others, []);
      assert.equal(diagnostic?.source, "semaphore-guard");
      assert.match(diagnostic.message, /^Parsing error: /);
      assert.equal(diagnostic.range.start.line, 1);
      assert.deepEqual(
        await server.quickFixes(uri, diagnostic.range, {
          diagnostics: [diagnostic],
        }),
        [],
      );

      await server.change(uri, 2, leakingJavaScript);
      assert.deepEqual(
        (await server.diagnostics(uri)).map(({ code }) => code),
        ["semaphore-guard/require-release"],
      );
    });
  }

  it("survives code nested deeper than the stack and says so", async () => {
    const uri = "file:///project/deep.js";
    await server.open(
      uri,
      "javascript",
      `${leakingJavaScript}${"(".repeat(50_000)}1${")".repeat(50_000)}`,
    );
    const [diagnostic] = await server.diagnostics(uri);
    assert.equal(diagnostic?.source, "semaphore-guard");
    assert.match(diagnostic.message, /call stack/);
    assert.deepEqual(diagnostic.range.start, { line: 0, character: 0 });
  });

  it("survives a chain too long for those who walk the tree and says so", async () => {
    const uri = "file:///project/chain.js";
    await server.open(
      uri,
      "javascript",
      `${leakingJavaScript}x = ${"a + ".repeat(20_000)}a`,
    );
    const [diagnostic] = await server.diagnostics(uri);
    assert.equal(diagnostic?.source, "semaphore-guard");
    assert.match(diagnostic.message, /call stack/);
  });

  it("accepts an empty file, one NUL and half a surrogate pair", async () => {
    for (const [index, text] of ["", "\0", "const x = '\ud83d';"].entries()) {
      await server.open(`file:///project/odd${index}.js`, "javascript", text);
      await server.diagnostics(`file:///project/odd${index}.js`);
    }
  });

  it("is still there afterwards", async () => {
    await server.open(
      "file:///project/after.js",
      "javascript",
      leakingJavaScript,
    );
    assert.equal(
      (await server.diagnostics("file:///project/after.js")).length,
      1,
    );
  });
});

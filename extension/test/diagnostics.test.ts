import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { LanguageServer } from "./language-server.js";
import { acquireLine, leakingJavaScript, leakingTypeScript } from "./leaks.js";

describe("diagnostics", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  it("name the rule, its documentation and the leaking path", async () => {
    const uri = "file:///project/save.js";
    await server.open(uri, "javascript", leakingJavaScript);
    const [diagnostic, ...others] = await server.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.source, "semaphore-guard");
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.equal(diagnostic.code, "semaphore-guard/require-release");
    assert.match(
      diagnostic.codeDescription?.href ?? "",
      /^https:\/\/.*require-release/,
    );
    assert.match(diagnostic.message, /pool\.acquire\(\).*write\(row\)/);
    assert.equal(diagnostic.range.start.line, acquireLine);
    assert.equal(diagnostic.range.end.line, acquireLine);

    const steps = diagnostic.relatedInformation ?? [];
    assert.ok(steps.length > 0);
    assert.ok(
      steps.every(
        ({ location, message }) => location.uri === uri && message.length > 0,
      ),
    );
    assert.ok(
      steps.some(
        ({ location }) => location.range.start.line === acquireLine + 1,
      ),
      "the call that throws",
    );
  });

  for (const [name, languageId, text] of [
    ["untitled:Untitled-1", "javascript", leakingJavaScript],
    ["untitled:Untitled-2", "typescript", leakingTypeScript],
    ["file:///project/a.mjs", "javascript", leakingJavaScript],
    ["file:///project/a.ts", "typescript", leakingTypeScript],
    ["file:///project/a.mts", "typescript", leakingTypeScript],
    ["file:///project/a.cts", "typescript", leakingTypeScript],
    ["file:///project/a.script", "typescript", leakingTypeScript],
    [
      "file:///project/a%20b/%E6%96%87%E4%BB%B6.ts",
      "typescript",
      leakingTypeScript,
    ],
    [
      "file:///project/a.jsx",
      "javascriptreact",
      `${leakingJavaScript}export const view = <b>x</b>;\n`,
    ],
    [
      "file:///project/jsx-in.js",
      "javascript",
      `${leakingJavaScript}export const view = <b>x</b>;\n`,
    ],
    [
      "file:///project/a.tsx",
      "typescriptreact",
      `${leakingTypeScript}export const view = <b>x</b>;\n`,
    ],
    [
      "file:///project/a.cjs",
      "javascript",
      leakingJavaScript
        .replace(
          /^import.*$/m,
          'const { Semaphore } = require("semaphore-guard");',
        )
        .replace("export async", "async"),
    ],
  ] as const) {
    it(`reach ${name} (${languageId})`, async () => {
      await server.open(name, languageId, text);
      const diagnostics = await server.diagnostics(name);
      assert.deepEqual(
        diagnostics.map(({ code, range }) => [code, range.start.line]),
        [["semaphore-guard/require-release", acquireLine]],
      );
    });
  }

  it("leave other people's code alone", async () => {
    const uri = "file:///project/node_modules/dependency/index.js";
    await server.open(uri, "javascript", leakingJavaScript);
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  it("obey comments about our rules and pass over those about others", async () => {
    const uri = "file:///project/comments.js";
    const comments =
      '/* eslint no-undef: "error", other/rule: "error", eqeqeq: ["error", "nonsense"] */\n';
    await server.open(uri, "javascript", comments + leakingJavaScript);
    assert.deepEqual(
      (await server.diagnostics(uri)).map(({ code }) => code),
      ["semaphore-guard/require-release"],
    );
    const disabled =
      "// eslint-disable-next-line semaphore-guard/require-release\n  const permit";
    await server.change(
      uri,
      2,
      comments + leakingJavaScript.replace("const permit", disabled),
    );
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  it("stand where the editor counts lines, not where ESLint does", async () => {
    const uri = "file:///project/separators.js";
    await server.open(
      uri,
      "javascript",
      `/* \u2028 \u2029 */ ${leakingJavaScript}`,
    );
    const [diagnostic] = await server.diagnostics(uri);
    assert.equal(diagnostic?.range.start.line, acquireLine);
  });

  it("say unchanged to those who know them", async () => {
    const uri = "file:///project/unchanged.js";
    await server.open(uri, "javascript", leakingJavaScript);
    const first = await server.pull(uri);
    assert.ok(first.resultId);
    assert.deepEqual(await server.pull(uri, first.resultId), {
      kind: "unchanged",
      resultId: first.resultId,
    });
    await server.change(uri, 2, "");
    const second = await server.pull(uri, first.resultId);
    assert.equal(second.kind, "full");
    assert.notEqual(second.resultId, first.resultId);
  });

  it("end with the document", async () => {
    const uri = "file:///project/closed.js";
    await server.open(uri, "javascript", leakingJavaScript);
    assert.equal((await server.diagnostics(uri)).length, 1);
    await server.close(uri);
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  it("don't depend on the workspace's own ESLint configuration", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    const inFolder = (name: string): string =>
      pathToFileURL(path.join(folder, name)).href;
    await writeFile(
      path.join(folder, "eslint.config.js"),
      'throw new Error("broken");\n',
    );
    const local = await LanguageServer.start(inFolder("."));
    try {
      await local.open(inFolder("save.js"), "javascript", leakingJavaScript);
      assert.equal((await local.diagnostics(inFolder("save.js"))).length, 1);
      assert.deepEqual(local.log, []);
      assert.equal(await local.stop(), 0);
    } finally {
      local.kill();
      await rm(folder, { recursive: true });
    }
  });
});

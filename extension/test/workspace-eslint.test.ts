import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  DiagnosticSeverity,
  TextDocumentEdit,
  TextEdit,
  type CodeAction,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript, twoLeaks } from "./leaks.js";

const installed = fileURLToPath(
  new URL("../../../node_modules", import.meta.url),
);

const unbounded = `export async function load(request) {
  const urls = await request.json();
  return Promise.all(urls.map((url) => fetch(url)));
}
`;

function config(rules: string, more = ""): string {
  return `import semaphoreGuard from "eslint-plugin-semaphore-guard";
globalThis.process.env.SEMAPHORE_GUARD_RAN = "yes";
export default [
  { files: ["**/*.js"], plugins: { "semaphore-guard": semaphoreGuard }, rules: ${rules} },
  ${more}
];
`;
}

const warn = config(
  '{ "semaphore-guard/require-release": "warn", "no-undef": "error" }',
);

describe("a workspace that has ESLint with our plugin", function () {
  this.timeout(120_000);
  let folder: string;
  let server: LanguageServer;
  const uriOf = (name: string): string =>
    pathToFileURL(path.join(folder, name)).href;
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    await symlink(installed, path.join(folder, "node_modules"), "dir");
  });
  afterEach(async () => {
    server.kill();
    await rm(folder, { recursive: true });
  });

  async function start(isTrusted = true): Promise<void> {
    server = await LanguageServer.start(uriOf("."), { isTrusted });
  }

  async function found(name: string, text: string) {
    await server.open(uriOf(name), "javascript", text);
    return (await server.diagnostics(uriOf(name))).map(({ code, severity }) => [
      code,
      severity,
    ]);
  }

  it("decides which rules run, how severe they are, and with which options", async () => {
    await write("eslint.config.js", warn);
    await start();
    assert.deepEqual(await found("a.js", leakingJavaScript), [
      ["semaphore-guard/require-release", DiagnosticSeverity.Warning],
    ]);
    assert.deepEqual(await found("b.js", unbounded), []);
    const status = await server.status(uriOf("a.js"));
    assert.equal(status.engine.kind, "eslint");
    assert.ok(status.engine.configFile.endsWith("eslint.config.js"));
    assert.match(status.engine.eslintVersion, /^10\./);
  });

  it("still gets the leaking path, the quick fixes and the hover from us", async () => {
    await write("eslint.config.js", warn);
    await start();
    await server.open(uriOf("a.js"), "javascript", leakingJavaScript);
    const [diagnostic] = await server.diagnostics(uriOf("a.js"));
    assert.ok((diagnostic?.relatedInformation?.length ?? 0) >= 3);
    const titles = (
      await server.quickFixes(uriOf("a.js"), diagnostic!.range)
    ).map(({ title }) => title);
    assert.ok(titles.some((title) => title.includes("using")));
    assert.ok(await server.hover(uriOf("a.js"), diagnostic!.range.start));
  });

  const chosen = `import plugin from "eslint-plugin-semaphore-guard";
export default [{
  plugins: { guard: plugin },
  rules: {
    "guard/require-release": ["warn", { fix: "finally" }],
    "guard/prefer-using": ["warn", { fix: "using" }],
  },
  settings: { "semaphore-guard": { using: "always" } },
}];
`;

  it("has all problems of a kind mended by its own rules, in the form that their options choose", async () => {
    await write("eslint.config.js", chosen);
    await start();
    const uri = uriOf("a.js");
    await server.open(uri, "javascript", twoLeaks);
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const fixes = await server.quickFixes(uri, diagnostic.range);
    assert.equal(fixes[0]?.title, "Release the permit in `finally`");
    assert.equal(fixes[0].isPreferred, true);
    const all = fixes.find(
      ({ title }) =>
        title === "Fix all guard/require-release problems in the file",
    );
    assert.ok(all);
    const fixed = apply(await server.resolve(all), twoLeaks);
    assert.equal(fixed.match(/finally \{/g)?.length, 2, fixed);
    assert.equal(fixed.match(/withPermit|using/g), null, fixed);
  });

  it("has mended unasked what its options say, unless that changes what happens", async () => {
    await write("eslint.config.js", chosen);
    await start();
    const uri = uriOf("a.js");
    const text = `${leakingJavaScript}
export async function keep(row) {
  const permit = await pool.acquire();
  try {
    await write(row);
  } finally {
    permit.release();
  }
}
`;
    await server.open(uri, "javascript", text);
    const [action, ...others] = await server.quickFixes(
      uri,
      { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      { only: ["source.fixAll.semaphore-guard"] },
    );
    assert.ok(action);
    assert.deepEqual(others, []);
    assert.equal(action.kind, "source.fixAll.semaphore-guard");
    const fixed = apply(action, text);
    assert.ok(fixed.startsWith(leakingJavaScript), fixed);
    assert.match(fixed.slice(leakingJavaScript.length), /using _?permit = /);
    await server.change(uri, 2, fixed);
    assert.deepEqual(
      (await server.diagnostics(uri)).map(({ code }) => code),
      ["guard/require-release"],
    );
  });

  it("may know the plugin by another name", async () => {
    await write(
      "eslint.config.js",
      `import plugin from "eslint-plugin-semaphore-guard";
       export default [{ plugins: { guard: plugin }, rules: { "guard/require-release": "error" } }];`,
    );
    await start();
    assert.deepEqual(await found("a.js", leakingJavaScript), [
      ["guard/require-release", DiagnosticSeverity.Error],
    ]);
  });

  it("may ignore files, and may leave files without a rule of ours", async () => {
    await write(
      "eslint.config.js",
      config(
        '{ "semaphore-guard/require-release": "error" }',
        '{ ignores: ["made/**"] }, { files: ["off.js"], rules: { "semaphore-guard/require-release": "off" } }',
      ),
    );
    await start();
    assert.deepEqual(await found("made/a.js", leakingJavaScript), []);
    assert.deepEqual((await server.status(uriOf("made/a.js"))).engine, {
      kind: "none",
      reason: "ignored",
    });
    assert.deepEqual(await found("off.js", leakingJavaScript), []);
    const { engine } = await server.status(uriOf("off.js"));
    assert.ok(engine.kind === "eslint" && !engine.hasRules);
  });

  it("may have a configuration for each of its packages: the nearest counts", async () => {
    await write("eslint.config.js", warn);
    await write(
      "packages/strict/eslint.config.mjs",
      config('{ "semaphore-guard/no-unbounded-promise-all": "error" }'),
    );
    await start();
    assert.deepEqual(await found("packages/lax/a.js", leakingJavaScript), [
      ["semaphore-guard/require-release", DiagnosticSeverity.Warning],
    ]);
    assert.deepEqual(
      await found("packages/strict/a.js", leakingJavaScript),
      [],
    );
    assert.deepEqual(await found("packages/strict/b.js", unbounded), [
      ["semaphore-guard/no-unbounded-promise-all", DiagnosticSeverity.Error],
    ]);
  });

  it("gets our own engine while its configuration is broken, and says why, until it is mended", async () => {
    await write("eslint.config.js", 'throw new Error("half written");');
    await start();
    assert.deepEqual(await found("a.js", leakingJavaScript), [
      ["semaphore-guard/require-release", DiagnosticSeverity.Error],
    ]);
    const { engine } = await server.status(uriOf("a.js"));
    assert.ok(engine.kind === "bundled");
    assert.match(engine.trouble ?? "", /half written/);

    await write("eslint.config.js", warn);
    await server.filesChanged(uriOf("eslint.config.js"));
    const [diagnostic] = await server.diagnostics(uriOf("a.js"));
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Warning);
  });

  it("is heard when its configuration comes, changes and goes", async () => {
    await start();
    await server.open(uriOf("a.js"), "javascript", leakingJavaScript);
    const severity = async () => {
      await server.filesChanged(uriOf("eslint.config.js"));
      return (await server.diagnostics(uriOf("a.js"))).map(
        (diagnostic) => diagnostic.severity,
      );
    };
    assert.deepEqual(await severity(), [DiagnosticSeverity.Error]);
    await write("eslint.config.js", warn);
    assert.deepEqual(await severity(), [DiagnosticSeverity.Warning]);
    await write("eslint.config.js", config("{}"));
    assert.deepEqual(await severity(), []);
    await rm(path.join(folder, "eslint.config.js"));
    assert.deepEqual(await severity(), [DiagnosticSeverity.Error]);
  });

  it("has nothing of its own run before it is trusted", async () => {
    await write(
      "eslint.config.js",
      `import { writeFileSync } from "node:fs";
       writeFileSync(new URL("ran", import.meta.url), "");
       export default [];`,
    );
    await start(false);
    assert.deepEqual(await found("a.js", leakingJavaScript), [
      ["semaphore-guard/require-release", DiagnosticSeverity.Error],
    ]);
    const { existsSync } = await import("node:fs");
    assert.equal(existsSync(path.join(folder, "ran")), false);
    await server.trust();
    assert.deepEqual(await server.diagnostics(uriOf("a.js")), []);
    assert.equal(existsSync(path.join(folder, "ran")), true);
  });

  it("survives a configuration that ends the process it runs in", async () => {
    await write("eslint.config.js", "process.exit(7);");
    await start();
    assert.deepEqual(await found("a.js", leakingJavaScript), [
      ["semaphore-guard/require-release", DiagnosticSeverity.Error],
    ]);
  });
});

function apply({ edit }: CodeAction, text: string): string {
  const [change, ...others] = edit?.documentChanges ?? [];
  assert.deepEqual(others, []);
  assert.ok(TextDocumentEdit.is(change));
  const edits = change.edits.filter((each) => TextEdit.is(each));
  assert.equal(edits.length, change.edits.length);
  const { uri, version } = change.textDocument;
  return TextDocument.applyEdits(
    TextDocument.create(uri, "javascript", version ?? 0, text),
    edits,
  );
}

import assert from "node:assert/strict";
import type { Terminal } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { startEslintExtension } from "./eslint-extension.js";
import { OpenFile, ruleOf } from "./open-file.js";
import { vscode } from "./vscode.js";

describe("beside ESLint's own extension", () => {
  let file: OpenFile;
  let eslint: LanguageClient | undefined;

  beforeEach(async () => {
    file = await OpenFile.show("save.js", "configured");
  });

  afterEach(async () => {
    await eslint?.dispose();
    eslint = undefined;
    await file.close();
  });

  function byEslint() {
    return vscode.languages
      .getDiagnostics(file.document.uri)
      .filter(({ source }) => source === "eslint");
  }

  it("no problem stands there twice, and what only we can do is still offered", async () => {
    const [ours] = await file.diagnostics((all) => all.length === 1);
    assert.ok(ours);
    const before = await file.quickFixes(ours);
    assert.ok(before.some(({ title }) => title.includes("withPermit")));

    eslint = await startEslintExtension(file.folder);
    await file.diagnostics((all) => all.length === 0);
    const [theirs, ...others] = byEslint();
    assert.ok(theirs);
    assert.deepEqual(others, []);
    assert.equal(ruleOf(theirs), ruleOf(ours));
    assert.deepEqual(theirs.range, ours.range);
    // Among the actions are that extension's own.
    const left = (await file.quickFixes(theirs)).map(({ title }) => title);
    assert.ok(left.includes("Show the leaking path"), left.join(" | "));
    assert.equal(new Set(left).size, left.length, left.join(" | "));

    await eslint.dispose();
    eslint = undefined;
    const [again] = await file.diagnostics((all) => all.length === 1);
    assert.equal(again && ruleOf(again), ruleOf(ours));
  });

  it("nor does one whose end ESLint's extension moves to that of its first line", async () => {
    await file.replace(
      file.text.replace("acquire()", "acquire({\n    timeout: 500,\n  })"),
    );
    const [ours] = await file.diagnostics(
      ([first, ...others]) =>
        others.length === 0 && first?.range.isSingleLine === false,
    );
    assert.ok(ours);
    eslint = await startEslintExtension(file.folder);
    await file.diagnostics((all) => all.length === 0);
    const [theirs] = byEslint();
    assert.ok(theirs);
    assert.equal(theirs.range.isSingleLine, true);
    assert.deepEqual(theirs.range.start, ours.range.start);
  });

  it("an import that comes with one of its fixes is followed by our offer of the dependency", async () => {
    await file.diagnostics((all) => all.length === 1);
    eslint = await startEslintExtension(file.folder);
    await file.diagnostics((all) => all.length === 0);
    let terminal: Terminal | undefined;
    const listener = vscode.window.onDidOpenTerminal((opened) => {
      terminal = opened;
    });
    try {
      await file.replace(
        `import { mapLimit } from "semaphore-guard";\n${file.text}`,
      );
      // Nothing tells when the offer is there.
      while (terminal === undefined) {
        await vscode.commands.executeCommand(
          "notification.acceptPrimaryAction",
        );
      }
      assert.equal(terminal.name, "Semaphore Guard");
    } finally {
      listener.dispose();
      terminal?.dispose();
    }
  });

  it("another place is another problem", async () => {
    const [ours] = await file.diagnostics((all) => all.length === 1);
    assert.ok(ours);
    const collection = vscode.languages.createDiagnosticCollection("eslint");
    try {
      const shown = new vscode.Diagnostic(ours.range, ours.message);
      shown.source = "eslint";
      shown.code = ours.code!;
      collection.set(file.document.uri, [shown]);
      await file.diagnostics((all) => all.length === 0);
      const moved = new vscode.Diagnostic(
        new vscode.Range(0, 0, 0, 1),
        ours.message,
      );
      moved.source = "eslint";
      moved.code = ours.code!;
      collection.set(file.document.uri, [moved]);
      await file.diagnostics((all) => all.length === 1);
    } finally {
      collection.dispose();
    }
  });
});

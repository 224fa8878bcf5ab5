import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { OpenFile, ruleOf } from "./open-file.js";
import { vscode } from "./vscode.js";

const id = "semaphore-guard.semaphore-guard-vscode";

describe("the extension", () => {
  it("sleeps until a file of its languages is opened", async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is installed`);
    assert.equal(extension.isActive, false);
    const file = await OpenFile.show("semaphore-guard.ts");
    await file.diagnosticOf("semaphore-guard/require-release");
    assert.equal(extension.isActive, true);
    await file.close();
  });

  for (const name of ["semaphore-guard.ts", "plain-javascript.js"]) {
    it(`shows in ${name} what leaks, on which path, and where to read on`, async () => {
      const file = await OpenFile.show(name);
      const diagnostic = await file.diagnosticOf(
        "semaphore-guard/require-release",
      );
      assert.match(diagnostic.message, /pool\.acquire\(\).*task\(\)/);
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(diagnostic.range.start.line, lineOf(file, "pool.acquire()"));
      const steps = diagnostic.relatedInformation ?? [];
      assert.ok(
        steps.some(
          ({ location }) =>
            location.uri.fsPath === file.path &&
            location.range.start.line === lineOf(file, "await task()"),
        ),
        "the call that throws is a step of the path",
      );
      assert.ok(typeof diagnostic.code === "object");
      assert.match(diagnostic.code.target.toString(), /require-release/);
      await file.close();
    });
  }

  it("isn't silenced by a broken ESLint configuration, nor by a restart", async () => {
    const file = await OpenFile.show("async-mutex.js");
    const configuration = path.join(file.folder, "eslint.config.js");
    await writeFile(configuration, 'throw new Error("broken");\n');
    try {
      await file.diagnosticOf("semaphore-guard/require-release");
      const gone = file.diagnostics((all) => all.length === 0);
      await vscode.commands.executeCommand("semaphore-guard.restart");
      await gone;
      await file.diagnosticOf("semaphore-guard/require-release");
    } finally {
      await rm(configuration);
      await file.close();
    }
  });

  it("keeps up with typing", async () => {
    const file = await OpenFile.show("semaphore-guard.ts");
    await file.diagnosticOf("semaphore-guard/require-release");
    const text = file.text;
    await file.replace(text.replace("permit.release();", ""));
    await file.replace(
      text
        .replace("const permit", "using permit")
        .replace("permit.release();", ""),
    );
    assert.deepEqual(await file.diagnostics((all) => all.length === 0), []);
    await file.replace(`\n\n${text}`);
    const [diagnostic] = await file.diagnostics((all) =>
      all.some((one) => ruleOf(one) === "semaphore-guard/require-release"),
    );
    assert.equal(diagnostic?.range.start.line, lineOf(file, "pool.acquire()"));
    await file.close();
  });
});

function lineOf(file: OpenFile, text: string): number {
  return file.text.slice(0, file.text.indexOf(text)).split("\n").length - 1;
}

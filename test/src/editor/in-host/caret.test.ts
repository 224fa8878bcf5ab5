import assert from "node:assert/strict";
import { OpenFile } from "./open-file.js";
import { vscode } from "./vscode.js";

describe("a quick fix", () => {
  for (const title of ["using", "finally", "Disable"]) {
    it(`leaves the caret at the word it is at, and undo brings all back at once (${title})`, async () => {
      const file = await OpenFile.show("semaphore-guard.ts");
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      const before = file.text;
      const word = "task()";
      const at = file.document.positionAt(before.indexOf(`await ${word}`) + 7);
      editor.selection = new vscode.Selection(at, at);
      try {
        const diagnostic = await file.diagnosticOf(
          "semaphore-guard/require-release",
        );
        const fix = (await file.quickFixes(diagnostic)).find((each) =>
          each.title.includes(title),
        );
        assert.ok(fix);
        await file.apply(fix);
        assert.notEqual(file.text, before);
        const { active } = editor.selection;
        const line = file.document.lineAt(active.line).text;
        assert.equal(
          line.slice(active.character - 1, active.character - 1 + word.length),
          word,
        );
        await file.undo();
        assert.equal(file.text, before);
      } finally {
        await file.close();
      }
    });
  }
});

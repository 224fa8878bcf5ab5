import assert from "node:assert/strict";
import { OpenFile } from "./open-file.js";
import { vscode } from "./vscode.js";

describe("a document that has not been saved yet", () => {
  it("is checked as what its language says it is, and mended", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "typescript",
      content: `import { Semaphore } from "semaphore-guard";
const pool = new Semaphore(3);
export async function save(row: unknown): Promise<void> {
  const permit = await pool.acquire();
  await write(row as string);
  permit.release();
}
`,
    });
    assert.equal(document.uri.scheme, "untitled");
    const file = await OpenFile.showDocument(document);
    try {
      const diagnostic = await file.diagnosticOf(
        "semaphore-guard/require-release",
      );
      const [preferred] = await file.quickFixes(diagnostic);
      assert.ok(preferred?.isPreferred);
      await file.apply(preferred);
      await file.diagnostics((all) => all.length === 0);
    } finally {
      await file.close();
    }
  });
});

import assert from "node:assert/strict";
import { vscode } from "./vscode.js";

function codeCell(text: string) {
  return new vscode.NotebookCellData(
    vscode.NotebookCellKind.Code,
    text,
    "javascript",
  );
}

describe("a notebook", () => {
  it("has its cells checked as one text, and each problem in its own cell", async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData([
        codeCell(
          'import { Semaphore } from "semaphore-guard";\nconst pool = new Semaphore(3);',
        ),
        codeCell(
          "async function save(row) {\n  const permit = await pool.acquire();\n  await write(row);\n  permit.release();\n}",
        ),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(1).document.uri;
    const ours = () =>
      vscode.languages
        .getDiagnostics(cell)
        .filter(({ source }) => source === "semaphore-guard");
    await new Promise<void>((resolve) => {
      const look = () => {
        if (ours().length > 0) {
          listener.dispose();
          resolve();
        }
      };
      const listener = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
    assert.deepEqual(
      ours().map(({ range }) => range.start.line),
      [1],
    );
    assert.deepEqual(
      vscode.languages
        .getDiagnostics(notebook.cellAt(0).document.uri)
        .map(({ message }) => message),
      [],
    );
    await vscode.commands.executeCommand(
      "workbench.action.revertAndCloseActiveEditor",
    );
  });
});

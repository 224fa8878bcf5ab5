import assert from "node:assert/strict";
import { vscode } from "./vscode.js";

function problems(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(({ source }) => source === "semaphore-guard")
        .map(() => vscode.workspace.asRelativePath(uri)),
    )
    .sort();
}

const expected = [
  "configured/save.js",
  "monorepo/packages/lax/save.js",
  "monorepo/packages/lax/save.js",
  "monorepo/packages/strict/save.js",
  "plain/save.js",
  "plain/save.js",
];

describe("a check of the whole workspace", () => {
  it("lists the problems of files that nobody has open", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("semaphore-guard.scanWorkspace");
    assert.deepEqual(problems(), expected);
  });

  it("is there as a task, which fails while there are problems", async () => {
    const [task] = await vscode.tasks.fetchTasks({ type: "semaphore-guard" });
    assert.ok(task);
    assert.deepEqual(task.problemMatchers, ["$semaphore-guard"]);
    const exitCode = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution.task.source === task.source) {
          listener.dispose();
          resolve(event.exitCode);
        }
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await exitCode, 1);
  });
});

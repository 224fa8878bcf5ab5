import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { vscode } from "./vscode.js";

function problems(): string[] {
  return ours()
    .map(({ uri }) => vscode.workspace.asRelativePath(uri))
    .sort();
}

function ours() {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(({ source }) => source === "semaphore-guard")
        .map((diagnostic) => ({ uri, diagnostic })),
    );
}

/** What a problem says and where, in the words that both the scan and its task have. */
function inWords(): string[] {
  return ours()
    .map(({ uri, diagnostic: { range, severity, message, code } }) => {
      const { line, character } = range.start;
      const rule = typeof code === "object" ? code.value : code;
      return [uri.path, line, character, severity, message, rule].join(" ");
    })
    .sort();
}

/** Resolves once the diagnostics are as expected, or haven't become so for long. */
function diagnosticsUntil(isExpected: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isExpected()) end();
    };
    const end = () => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, 60_000);
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
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

  it("is there as a task, which fails while there are problems, and whose lines take the place of what was found before", async () => {
    const before = inWords();
    assert.equal(before.length, expected.length);
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
    await diagnosticsUntil(() => isDeepStrictEqual(inWords(), before));
    assert.deepEqual(inWords(), before);
  });
});

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { OpenFile, ruleOf } from "./open-file.js";
import { vscode } from "./vscode.js";

describe("a workspace that isn't trusted", () => {
  it("is checked by the bundled engine, and nothing in it is run", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const file = await OpenFile.show("save.js");
    const found = await file.diagnostics((all) => all.length > 0);
    const { Error: error } = vscode.DiagnosticSeverity;
    assert.deepEqual(
      found.map((each) => [ruleOf(each), each.severity]),
      [
        ["semaphore-guard/require-release", error],
        ["semaphore-guard/no-unbounded-promise-all", error],
      ],
    );
    assert.equal(
      existsSync(path.join(file.folder, "configuration-ran")),
      false,
    );
    await file.close();
  });
});

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { OpenFile } from "./open-file.js";
import { vscode } from "./vscode.js";

describe("the workspace's ESLint configuration", () => {
  it("counts without a restart when it is edited, broken and mended", async () => {
    const file = await OpenFile.show("save.js", "configured");
    const config = path.join(file.folder, "eslint.config.js");
    const before = await readFile(config, "utf8");
    const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
    const becomes = async (text: string, severities: readonly number[]) => {
      await writeFile(config, text);
      await file.diagnostics(
        (all) =>
          all.length === severities.length &&
          all.every((each, index) => each.severity === severities[index]),
      );
    };
    try {
      await becomes(before, [warning]);
      await becomes(before.replace('"warn"', '"error"'), [error]);
      // The bundled engine's own config, for as long as it is broken.
      await becomes('throw new Error("half written");', [error, error]);
      await becomes(before.replace('"warn"', '"off"'), []);
      await becomes(before, [warning]);
      assert.equal(file.document.isDirty, false);
    } finally {
      // A change that nobody waits for would be heard of in the tests behind.
      if ((await readFile(config, "utf8")) !== before) {
        await writeFile(config, before);
      }
      await file.close();
    }
  });
});

import assert from "node:assert/strict";
import { OpenFile, ruleOf } from "./open-file.js";
import { vscode } from "./vscode.js";

const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
const release = "semaphore-guard/require-release";
const bound = "semaphore-guard/no-unbounded-promise-all";

describe("a workspace of several folders", () => {
  for (const [folder, name, expected] of [
    [
      "plain",
      "save.js",
      [
        [release, error],
        [bound, error],
      ],
    ],
    ["configured", "save.js", [[release, warning]]],
    ["monorepo", "packages/strict/save.js", [[bound, warning]]],
    [
      "monorepo",
      "packages/lax/save.js",
      [
        [release, error],
        [bound, error],
      ],
    ],
  ] as const) {
    it(`has each checked as its nearest configuration says: ${folder}/${name}`, async () => {
      const file = await OpenFile.show(name, folder);
      try {
        const found = await file.diagnostics((all) => all.length > 0);
        assert.deepEqual(
          found.map((each) => [ruleOf(each), each.severity]),
          expected,
        );
        assert.ok(
          found.every(
            (each) =>
              ruleOf(each) !== release ||
              (each.relatedInformation?.length ?? 0) > 2,
          ),
          "the leaking path is there, whoever ran the rule",
        );
      } finally {
        await file.close();
      }
    });
  }
});

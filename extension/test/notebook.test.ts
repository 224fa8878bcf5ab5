import assert from "node:assert/strict";
import { TextDocumentEdit } from "vscode-languageserver/node";
import { LanguageServer } from "./language-server.js";

const notebook = "file:///project/notes.ipynb";
const cell = (index: number): string =>
  `vscode-notebook-cell:/project/notes.ipynb#c${index}`;

const cells = [
  'import { Semaphore } from "semaphore-guard";\nconst pool = new Semaphore(3);',
  "const permit = await pool.acquire();",
  "permit.release();",
  "async function save(row) {\n  const held = await pool.acquire();\n  await write(row);\n  held.release();\n}",
];

describe("a notebook", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
    await server.openNotebook(
      notebook,
      cells.map((text, index) => ({
        uri: cell(index),
        languageId: "javascript",
        text,
      })),
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  it("is read as one text: what a cell declares or acquires, another may use and release", async () => {
    for (const index of [0, 1, 2]) {
      assert.deepEqual(await server.diagnostics(cell(index)), []);
    }
  });

  it("shows a problem in its cell, in the cell's own lines, path and all", async () => {
    const [diagnostic, ...others] = await server.diagnostics(cell(3));
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, "semaphore-guard/require-release");
    assert.equal(diagnostic.range.start.line, 1);
    assert.deepEqual(
      [
        ...new Set(
          diagnostic.relatedInformation?.map(({ location }) => location.uri),
        ),
      ],
      [cell(3)],
    );
  });

  it("gets fixes for the cells they change", async () => {
    const [diagnostic] = await server.diagnostics(cell(3));
    const [using] = await server.quickFixes(cell(3), diagnostic!.range);
    const changes = using?.edit?.documentChanges ?? [];
    assert.equal(changes.length, 1);
    assert.ok(TextDocumentEdit.is(changes[0]));
    assert.equal(changes[0].textDocument.uri, cell(3));
  });
});

import assert from "node:assert/strict";
import {
  TextDocumentEdit,
  TextEdit,
  type CodeAction,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LanguageServer } from "./language-server.js";
import { acquireLine, leakingJavaScript, twoLeaks } from "./leaks.js";

const uri = "file:///project/save.js";

describe("quick fixes", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  beforeEach(async () => {
    server = await LanguageServer.start();
    await server.open(uri, "javascript", leakingJavaScript);
  });
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
  });

  it("belong to their diagnostic, the first of them preferred", async () => {
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const fixes = await server.quickFixes(uri, diagnostic.range, {
      diagnostics: [diagnostic],
    });
    for (const [index, fix] of fixes.entries()) {
      assert.equal(fix.kind, "quickfix");
      assert.deepEqual(fix.diagnostics, [diagnostic]);
      assert.equal(fix.isPreferred ?? false, index === 0);
    }
  });

  it("are offered wherever the cursor touches the diagnostic, and nowhere else", async () => {
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const { start, end } = diagnostic.range;
    assert.ok((await server.quickFixes(uri, { start, end: start })).length > 0);
    assert.ok((await server.quickFixes(uri, { start: end, end })).length > 0);
    const elsewhere = { line: acquireLine + 2, character: 0 };
    assert.deepEqual(
      await server.quickFixes(uri, { start: elsewhere, end: elsewhere }),
      [],
    );
  });

  it("come in order: rewrites, all of the kind, comments that switch the rule off, its documentation, its path", async () => {
    await server.change(uri, 2, twoLeaks);
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const rule = "semaphore-guard/require-release";
    assert.deepEqual(
      (await server.quickFixes(uri, diagnostic.range)).map(
        ({ title }) => title,
      ),
      [
        "Run the work in `pool.withPermit()`",
        "Hold the permit with `using`, which releases it at the end of the block",
        "Release the permit in `finally`",
        `Fix all ${rule} problems in the file`,
        `Disable ${rule} for this line`,
        `Disable ${rule} for the entire file`,
        `Show documentation for ${rule}`,
        "Show the leaking path",
      ],
    );
  });

  it("are kept from those who ask for other kinds", async () => {
    const range = {
      start: { line: 0, character: 0 },
      end: { line: 99, character: 0 },
    };
    assert.deepEqual(
      await server.quickFixes(uri, range, {
        only: ["refactor", "source.fixAll"],
      }),
      [],
    );
    await server.diagnostics(uri);
    assert.ok(
      (await server.quickFixes(uri, range, { only: ["quickfix"] })).length > 0,
    );
  });

  it("each lead to a text without the diagnostic", async () => {
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const fixes = await server.quickFixes(uri, diagnostic.range);
    for (const [index, fix] of fixes.filter(({ edit }) => edit).entries()) {
      const fixed = apply(fix, leakingJavaScript, 1);
      const fixedUri = `file:///project/fixed${index}.js`;
      await server.open(fixedUri, "javascript", fixed);
      assert.deepEqual(await server.diagnostics(fixedUri), [], fixed);
    }
  });

  it("change nothing but what they have to, so that the caret stays", async () => {
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const using = (await server.quickFixes(uri, diagnostic.range)).find(
      ({ title }) => title.includes("`using`"),
    );
    const [change] = using?.edit?.documentChanges ?? [];
    assert.ok(TextDocumentEdit.is(change));
    const document = TextDocument.create(
      uri,
      "javascript",
      1,
      leakingJavaScript,
    );
    for (const edit of change.edits) {
      assert.ok(TextEdit.is(edit));
      assert.ok(!document.getText(edit.range).includes("write(row)"));
    }
  });

  it("leave what another comment switches off for the line switched off", async () => {
    const text = leakingJavaScript.replace(
      "  const permit",
      "  // eslint-disable-next-line no-undef -- told apart\n  const permit",
    );
    await server.change(uri, 2, text);
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const disable = (await server.quickFixes(uri, diagnostic.range)).find(
      ({ title }) => title.endsWith("for this line"),
    );
    assert.ok(disable);
    assert.ok(
      apply(disable, text, 2).includes(
        "// eslint-disable-next-line no-undef, semaphore-guard/require-release -- told apart",
      ),
    );
  });

  it("mend all problems of a kind in one edit", async () => {
    await server.change(uri, 2, twoLeaks);
    const [diagnostic] = await server.diagnostics(uri);
    assert.ok(diagnostic);
    const all = (await server.quickFixes(uri, diagnostic.range)).find(
      ({ title }) =>
        title ===
        "Fix all semaphore-guard/require-release problems in the file",
    );
    assert.ok(all);
    assert.equal(all.diagnostics?.length, 2);
    assert.equal(all.edit, undefined);
    const fixed = apply(await server.resolve(all), twoLeaks, 2);
    assert.equal(fixed.match(/pool\.withPermit\(/g)?.length, 2);
    await server.change(uri, 3, fixed);
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  it("are no part of source.fixAll, for they change what the code does", async () => {
    await server.diagnostics(uri);
    const range = {
      start: { line: 0, character: 0 },
      end: { line: 99, character: 0 },
    };
    assert.deepEqual(
      await server.quickFixes(uri, range, { only: ["source.fixAll"] }),
      [],
    );
  });
});

describe("versions", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  beforeEach(async () => {
    server = await LanguageServer.start();
    await server.open(uri, "javascript", leakingJavaScript);
  });
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
  });

  it("that are newer win over a pull that came before them", async () => {
    await server.change(uri, 2, "");
    const early = server.diagnostics(uri);
    await server.change(uri, 3, `\n\n${leakingJavaScript}`);
    assert.deepEqual(
      (await early).map(({ range }) => range.start.line),
      [acquireLine + 2],
    );
  });

  it("give quick fixes for themselves only", async () => {
    const [stale] = await server.diagnostics(uri);
    assert.ok(stale);
    await server.change(uri, 2, `\n\n${leakingJavaScript}`);
    assert.deepEqual(
      await server.quickFixes(uri, stale.range, { diagnostics: [stale] }),
      [],
    );
    const moved = {
      line: acquireLine + 2,
      character: stale.range.start.character,
    };
    const [fix] = await server.quickFixes(
      uri,
      { start: moved, end: moved },
      { diagnostics: [stale] },
    );
    assert.ok(fix);
    assert.deepEqual(
      fix.diagnostics?.map(({ range }) => range.start),
      [moved],
    );
    assert.ok(
      apply(fix, `\n\n${leakingJavaScript}`, 2).startsWith("\n\nimport"),
    );
  });

  it("that a client gave up on aren't checked", async () => {
    const { CancellationTokenSource, LSPErrorCodes } =
      await import("vscode-languageserver/node");
    await server.change(uri, 2, leakingJavaScript);
    const source = new CancellationTokenSource();
    const pull = server.pull(uri, undefined, source.token);
    source.cancel();
    await assert.rejects(pull, { code: LSPErrorCodes.RequestCancelled });
  });
});

function apply(fix: CodeAction, text: string, version: number): string {
  const [change, ...others] = fix.edit?.documentChanges ?? [];
  assert.deepEqual(others, []);
  assert.ok(TextDocumentEdit.is(change));
  assert.deepEqual(change.textDocument, { uri, version });
  const edits = change.edits.filter((edit) => TextEdit.is(edit));
  assert.equal(edits.length, change.edits.length);
  return TextDocument.applyEdits(
    TextDocument.create(uri, "javascript", version, text),
    edits,
  );
}

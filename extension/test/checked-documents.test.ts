import assert from "node:assert/strict";
import { CheckedDocuments } from "../src/server/checked-documents.js";
import type { CheckedText } from "../src/server/checked-text.js";

const uri = "file:///a.js";

function textOf(version: number, text = ""): CheckedText {
  return {
    uri,
    languageId: "javascript",
    version: String(version),
    text,
    parts: [{ uri, version, firstLine: 0, lineCount: 1 }],
  };
}

const nothing = {
  findings: [],
  permits: [],
  engine: { kind: "bundled", ruleset: "recommended" },
} as const;

describe("CheckedDocuments", () => {
  it("checks a version once, and again after the document was closed", async () => {
    let checked = 0;
    const text = textOf(1);
    const checks = new CheckedDocuments(
      () => text,
      async () => {
        checked += 1;
        return { text, outcome: nothing };
      },
    );
    const first = await checks.check(uri);
    assert.equal(await checks.check(uri), first);
    assert.equal(checked, 1);
    checks.forget(uri);
    assert.notEqual((await checks.check(uri))?.resultId, first?.resultId);
    assert.equal(checked, 2);
  });

  it("checks no version that a newer one has overtaken while it waited", async () => {
    let text = textOf(1);
    const versions: string[] = [];
    const turn = deferred();
    const checks = new CheckedDocuments(
      () => text,
      async (current) => {
        await turn.promise;
        const found = current();
        assert.ok(found);
        versions.push(found.version);
        return { text: found, outcome: nothing };
      },
    );
    const early = checks.check(uri);
    text = textOf(2);
    const late = checks.check(uri);
    text = textOf(3);
    turn.resolve(undefined);
    assert.equal((await early)?.text.version, "3");
    assert.equal((await late)?.text.version, "3");
    assert.deepEqual(versions, ["3"]);
  });

  it("drops the result of a check that was under way when all was forgotten", async () => {
    const text = textOf(1);
    const turns = [deferred(), deferred()];
    let begun = 0;
    const checks = new CheckedDocuments(
      () => text,
      async () => {
        await turns[begun++]!.promise;
        return { text, outcome: nothing };
      },
    );
    const asked = checks.check(uri);
    checks.forgetAll();
    turns[0]!.resolve(undefined);
    turns[1]!.resolve(undefined);
    await asked;
    assert.equal(begun, 2);
  });

  it("has nothing to say once nobody waits or the document is closed", async () => {
    const checks = new CheckedDocuments(
      () => undefined,
      () => assert.fail("nothing is checked"),
    );
    assert.equal(await checks.check(uri), undefined);
    const open = new CheckedDocuments(
      () => textOf(1),
      () => assert.fail("nothing is checked"),
    );
    assert.equal(await open.check(uri, () => false), undefined);
  });
});

interface Deferred {
  readonly promise: Promise<undefined>;
  readonly resolve: (value: undefined) => void;
}

function deferred(): Deferred {
  let resolve!: Deferred["resolve"];
  const promise = new Promise<undefined>((resolver) => {
    resolve = resolver;
  });
  return { promise, resolve };
}

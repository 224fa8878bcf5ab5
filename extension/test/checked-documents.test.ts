import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CheckedDocuments } from "../src/server/checked-documents.js";

describe("CheckedDocuments", () => {
  it("turns a check that throws into a finding, tells of it and checks the next version", () => {
    const told: unknown[] = [];
    const breakdown = new Error("the rule broke down");
    const checks = new CheckedDocuments(
      (text) => {
        if (text === "bad") {
          throw breakdown;
        }
        return { messages: [], leaks: [], sourceCode: undefined };
      },
      (...report) => told.push(report),
    );
    const uri = "file:///a.js";
    const [finding, ...others] = checks.check(
      TextDocument.create(uri, "javascript", 1, "bad"),
    ).findings;
    assert.deepEqual(others, []);
    assert.equal(finding?.diagnostic.source, "semaphore-guard");
    assert.equal(
      finding.diagnostic.message,
      "Semaphore Guard could not check this file: the rule broke down",
    );
    assert.deepEqual(told, [[uri, breakdown]]);
    assert.deepEqual(
      checks.check(TextDocument.create(uri, "javascript", 2, "good")).findings,
      [],
    );
  });

  it("checks a version once, and again after the document was closed", () => {
    let checked = 0;
    const checks = new CheckedDocuments(
      () => {
        checked += 1;
        return { messages: [], leaks: [], sourceCode: undefined };
      },
      () => assert.fail(),
    );
    const document = TextDocument.create("file:///a.js", "javascript", 1, "");
    const first = checks.check(document);
    assert.equal(checks.check(document), first);
    assert.equal(checked, 1);
    checks.forget(document.uri);
    assert.notEqual(checks.check(document).resultId, first.resultId);
    assert.equal(checked, 2);
  });
});

import assert from "node:assert/strict";
import { OpenFile } from "./open-file.js";

describe("a file that doesn't parse", () => {
  it("shows the parser's error, and what leaks after the next edit", async () => {
    const file = await OpenFile.show("plain-javascript.js");
    const text = file.text;
    await file.replace(text.replace("(task)", "(task"));
    const [error, ...others] = await file.diagnostics((all) =>
      all.some(({ message }) => message.startsWith("Parsing error: ")),
    );
    assert.ok(error);
    assert.deepEqual(others, []);
    await file.replace(text);
    await file.diagnosticOf("semaphore-guard/require-release");
    await file.close();
  });
});

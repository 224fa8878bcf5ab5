import assert from "node:assert/strict";
import { TemporaryFolder } from "../temporary-folder.js";
import { diffFolders } from "./diff-folders.js";

describe("diffFolders", () => {
  it("shows the lines that differ", async () => {
    await using folder = await TemporaryFolder.create({
      "old/a.js": "one\ntwo\n",
      "new/a.js": "one\nzwei\n",
    });
    const diff = await diffFolders(folder.path, "old", "new", {
      coloured: false,
    });
    assert.match(diff, /^--- old\/a\.js$/m);
    assert.match(diff, /^\+\+\+ new\/a\.js$/m);
    assert.match(diff, /^-two\n\+zwei$/m);
  });

  it("colours them when asked to", async () => {
    await using folder = await TemporaryFolder.create({
      "old/a.js": "one\n",
      "new/a.js": "eins\n",
    });
    const diff = await diffFolders(folder.path, "old", "new", {
      coloured: true,
    });
    assert.ok(diff.includes("\u001b["));
  });

  it("shows nothing for equal folders", async () => {
    await using folder = await TemporaryFolder.create({
      "old/a.js": "one\n",
      "new/a.js": "one\n",
    });
    assert.equal(
      await diffFolders(folder.path, "old", "new", { coloured: false }),
      "",
    );
  });

  it("fails with git's words for a folder that isn't there", async () => {
    await using folder = await TemporaryFolder.create({ "old/a.js": "one\n" });
    await assert.rejects(
      diffFolders(folder.path, "old", "new", { coloured: false }),
      /git diff failed: .*new/,
    );
  });
});

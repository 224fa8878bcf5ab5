import assert from "node:assert/strict";
import { TemporaryFolder } from "../temporary-folder.js";
import { formatTally, readTally, sumTallies, writeTally } from "./tally.js";

describe("tally", () => {
  it("leaves out what was skipped when nothing was", () => {
    assert.equal(
      formatTally({ passed: 7, failed: 1, skipped: 0 }),
      "7 passed, 1 failed",
    );
  });

  it("says how many were skipped", () => {
    assert.equal(
      formatTally({ passed: 7, failed: 0, skipped: 2 }),
      "7 passed, 0 failed, 2 skipped",
    );
  });

  it("adds up, nothing included", () => {
    assert.deepEqual(sumTallies([]), { passed: 0, failed: 0, skipped: 0 });
    assert.deepEqual(
      sumTallies([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 20, skipped: 30 },
      ]),
      { passed: 11, failed: 22, skipped: 33 },
    );
  });

  it("comes back from its file as it went", async () => {
    await using folder = await TemporaryFolder.create();
    const tally = { passed: 3, failed: 2, skipped: 1 };
    writeTally(folder.file("tally.json"), tally);
    assert.deepEqual(readTally(folder.file("tally.json")), tally);
  });

  it("isn't there when nobody wrote it", async () => {
    await using folder = await TemporaryFolder.create();
    assert.equal(readTally(folder.file("tally.json")), undefined);
  });
});

import assert from "node:assert/strict";
import { describeViolation } from "./run-laws.js";
import { targets, tryMaps } from "./map-laws.js";

describe("A bounded map", () => {
  it("does in every package what Promise.all did, a few at a time", async function () {
    this.timeout(120_000);
    const { into, violations } = await tryMaps(1, 150);
    assert.deepEqual(
      violations.map(describeViolation).slice(0, 5).join("\n\n"),
      "",
    );
    for (const target of targets) {
      assert.ok((into[target] ?? 0) > 20, `${into[target]} into ${target}`);
    }
  });
});

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { bundleForBrowser } from "./bundle.js";

/** Bundled, minified and compressed, in bytes. */
const bounds: Record<string, number> = {
  Semaphore: 2920,
  mapLimit: 1560,
  mapStream: 2180,
};

describe("The size of semaphore-guard in a browser", () => {
  for (const [name, bound] of Object.entries(bounds)) {
    it(`is at most ${bound} bytes for ${name}`, async () => {
      const code = `export { ${name} } from "semaphore-guard"`;
      const bundle = await bundleForBrowser(code);
      const size = gzipSync(bundle, { level: 9 }).length;
      assert.ok(size <= bound, `${size} bytes`);
    });
  }

  it("holds nothing of what is not imported", async () => {
    const code = `export { mapLimit } from "semaphore-guard"`;
    const bundle = await bundleForBrowser(code);
    assert.match(bundle, /ERR_INVALID_LIMIT/);
    assert.doesNotMatch(bundle, /ERR_ACQUIRE_TIMEOUT|FinalizationRegistry/);
  });
});

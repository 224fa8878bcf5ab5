import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as esm from "semaphore-guard";
import * as threads from "semaphore-guard/threads";

const require = createRequire(import.meta.url);

describe("The package", () => {
  it("offers the same by require as by import, and it works", async () => {
    const cjs = require("semaphore-guard") as typeof esm;
    assert.notEqual(cjs.Semaphore, esm.Semaphore);
    assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
    const semaphore = new cjs.Semaphore(1);
    using permit = await semaphore.acquire();
    assert.equal(permit.release(), true);
  });

  it("takes a semaphore of either build in mapLimit of the other", async () => {
    const cjs = require("semaphore-guard") as typeof esm;
    const double = (n: number) => 2 * n;
    const crossed = await esm.mapLimit([1, 2], new cjs.Semaphore(1), double);
    assert.deepEqual(crossed, [2, 4]);
  });

  it("watches a semaphore of either build with the detectors of the other", async () => {
    const cjs = require("semaphore-guard") as typeof esm;
    const { detectDeadlocks } =
      require("semaphore-guard/deadlock-detector") as typeof import("semaphore-guard/deadlock-detector");
    const semaphore = new esm.Semaphore(1);
    cjs.detectLeaks(semaphore);
    detectDeadlocks(semaphore);
    const nested = semaphore.withPermit(() => semaphore.acquire());
    await assert.rejects(nested, { code: "ERR_DEADLOCK" });
    assert.equal(semaphore.inUse, 0);
  });

  it("takes the handle of a SharedSemaphore of either build in the other", async () => {
    const { SharedSemaphore } =
      require("semaphore-guard/threads") as typeof import("semaphore-guard/threads");
    const semaphore = new threads.SharedSemaphore(1);
    const elsewhere = SharedSemaphore.from(semaphore.share());
    using permit = await elsewhere.acquire();
    assert.equal(permit.weight, semaphore.inUse);
  });

  it("shows nothing that is not public", () => {
    assert.deepEqual(Object.keys(esm).sort(), [
      "AcquireTimeoutError",
      "InvalidArgumentError",
      "InvalidEnvError",
      "InvalidLimitError",
      "InvalidWeightError",
      "KeyedSemaphore",
      "Mutex",
      "NoPermitError",
      "QueueFullError",
      "Semaphore",
      "SemaphoreClosedError",
      "detectLeaks",
      "forEachLimit",
      "mapLimit",
      "mapSettled",
      "mapStream",
      "wrapIterator",
    ]);
  });

  it("depends on nothing, but for the engines of subpaths that one may leave out", () => {
    const manifest = require("semaphore-guard/package.json") as {
      peerDependencies: object;
      peerDependenciesMeta: Record<string, { optional: boolean }>;
    };
    assert.equal("dependencies" in manifest, false);
    assert.equal("optionalDependencies" in manifest, false);
    for (const peer of Object.keys(manifest.peerDependencies)) {
      assert.equal(manifest.peerDependenciesMeta[peer]?.optional, true, peer);
    }
  });
});

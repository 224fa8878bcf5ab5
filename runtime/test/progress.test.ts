import assert from "node:assert/strict";
import {
  forEachLimit,
  mapLimit,
  mapSettled,
  mapStream,
  Semaphore,
  type Progress,
} from "semaphore-guard";

describe("onProgress", () => {
  it("counts the calls that have ended, and the items that there are", async () => {
    for (const limit of [2, new Semaphore(2)]) {
      const seen: Progress[] = [];
      const onProgress = (progress: Progress) => seen.push(progress);
      const expected = [1, 2, 3].map((completed) => ({ completed, total: 3 }));
      await mapLimit(["a", "b", "c"], limit, async () => {}, { onProgress });
      assert.deepEqual(seen.splice(0), expected);
      await forEachLimit(new Set([1, 2, 3]), limit, () => {}, { onProgress });
      assert.deepEqual(seen.splice(0), expected);
      const failing = () => Promise.reject(new Error("fails"));
      await mapSettled(new Map([[1, 1]]), limit, failing, { onProgress });
      assert.deepEqual(seen.splice(0), [{ completed: 1, total: 1 }]);
      const stream = mapStream([1, 2, 3], limit, () => {}, { onProgress });
      for await (const _ of stream);
      assert.deepEqual(seen, expected);
    }
  });

  it("names no total where the source can't tell", async () => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    function* generate() {
      yield 1;
    }
    await mapLimit(generate(), 1, () => {}, { onProgress });
    await mapLimit("💡", 1, () => {}, { onProgress });
    const once = { completed: 1, total: undefined };
    assert.deepEqual(seen, [once, once]);
  });

  it("is not called after the whole has failed", async () => {
    let calls = 0;
    const onProgress = () => calls++;
    const map = mapLimit(
      [1, 2],
      2,
      async (item) => {
        if (item === 1) throw new Error("one");
      },
      { onProgress },
    );
    await assert.rejects(map, /one/);
    assert.equal(calls, 0);
  });

  it("fails the whole when it throws, and must be a function", async () => {
    const onProgress = () => {
      throw new Error("progress");
    };
    await assert.rejects(
      mapLimit([1], 1, () => {}, { onProgress }),
      /progress/,
    );
    const stream = mapStream([1], 1, () => {}, { onProgress });
    await stream.next();
    await assert.rejects(stream.next(), /progress/);
    const wrong = { onProgress: "no" as never };
    await assert.rejects(
      mapLimit([1], 1, () => {}, wrong),
      { code: "ERR_INVALID_ARGUMENT" },
    );
  });
});

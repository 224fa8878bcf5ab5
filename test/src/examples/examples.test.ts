import assert from "node:assert/strict";
import { runExample } from "./run-example.js";

describe("The examples", () => {
  it("threads: passes on what a worker held that died", async () => {
    const lines = await runExample("threads/main.mjs");
    assert.deepEqual(lines.sort(), [
      "2 of 2 permits are here again",
      "a is done",
      "a worker died with 1 permit; it is back",
      "b is done",
    ]);
  });

  it("cpu-bound-work: leaves the main thread free, and can be aborted", async () => {
    const lines = await runExample("cpu-bound-work/main.mjs");
    assert.deepEqual(lines, [
      "primes: 9592, 17984, 25997",
      "endless: TimeoutError",
      "the timer ticked meanwhile",
    ]);
  });

  it("adaptive-limit: finds what the service bears", async () => {
    const lines = await runExample("adaptive-limit.mjs");
    assert.deepEqual(lines, [
      "started at too much, and backed off",
      "settled at what it bears",
      "few were refused",
    ]);
  });
});

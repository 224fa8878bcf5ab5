import assert from "node:assert/strict";
import { leakedPermits, waitingJobs, type IdleReport } from "./idle-report.js";

const report: IdleReport = {
  jobs: { total: 10, done: 3, failed: 2 },
  limiters: [
    { name: "all back", limit: 4, free: 4 },
    { name: "one gone", limit: 4, free: 3 },
    { name: "all gone", limit: 1, free: 0 },
  ],
  mostFetches: 4,
};

describe("an idle report", () => {
  it("says how many jobs neither finished nor failed", () => {
    assert.equal(waitingJobs(report), 5);
  });

  it("names the limiters that lack permits", () => {
    assert.deepEqual(leakedPermits(report), [
      { name: "one gone", limit: 4, leaked: 1 },
      { name: "all gone", limit: 1, leaked: 1 },
    ]);
  });
});

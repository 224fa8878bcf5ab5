import assert from "node:assert/strict";
import { linkInstalledPackages } from "../installed-packages.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { runUntilIdle, unsettledAwait } from "./run-until-idle.js";

const status = `
  import { Semaphore } from "semaphore-guard";
  export const jobs = { total: 2, done: 0, failed: 0 };
  export const semaphore = new Semaphore(1);
  export const limiters = [{ name: "only", limit: 1, semaphore }];
`;

async function project(main: string): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.create({
    "package.json": `{ "type": "module" }`,
    "status.js": status,
    "main.js": `import { jobs, semaphore } from "./status.js"; ${main}`,
  });
  await linkInstalledPackages(folder.path);
  return folder;
}

describe("runUntilIdle", () => {
  it("sees an entry that waits for ever, with what it waits for", async () => {
    await using folder = await project(`
      await semaphore.acquire();
      jobs.done += 1;
      await semaphore.acquire();
    `);
    const { exitCode, report } = await runUntilIdle(folder.file("main.js"));
    assert.equal(exitCode, unsettledAwait);
    assert.deepEqual(report, {
      jobs: { total: 2, done: 1, failed: 0 },
      limiters: [{ name: "only", limit: 1, free: 0 }],
      mostFetches: 0,
    });
  });

  it("sees an entry that finishes", async () => {
    await using folder = await project(`
      await semaphore.withPermit(() => { jobs.done += 1; });
      await new Promise((resolve) => setTimeout(resolve, 1));
      await semaphore.withPermit(() => { jobs.done += 1; });
    `);
    const { exitCode, report } = await runUntilIdle(folder.file("main.js"));
    assert.equal(exitCode, 0);
    assert.deepEqual(report, {
      jobs: { total: 2, done: 2, failed: 0 },
      limiters: [{ name: "only", limit: 1, free: 1 }],
      mostFetches: 0,
    });
  });

  it("lets every fetch fail and counts those that run together", async () => {
    await using folder = await project(`
      const attempts = await Promise.allSettled([
        fetch("https://shop.example/1"),
        fetch("https://shop.example/2"),
      ]);
      await fetch("https://shop.example/3").catch(() => {});
      jobs.failed = attempts.filter(({ reason }) =>
        reason instanceof TypeError && reason.message === "fetch failed").length;
    `);
    const { report } = await runUntilIdle(folder.file("main.js"));
    assert.equal(report.jobs.failed, 2);
    assert.equal(report.mostFetches, 2);
  });

  it("takes a crash for a crash", async () => {
    await using folder = await project(`throw new Error("on purpose");`);
    await assert.rejects(
      runUntilIdle(folder.file("main.js")),
      /crashed:[^]*on purpose/,
    );
  });
});

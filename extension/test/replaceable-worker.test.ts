import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { nodeWorkers } from "../src/server/node-worker.js";
import {
  ReplaceableWorker,
  TaskFailedError,
  WorkerGoneError,
} from "../src/server/replaceable-worker.js";

/** A worker that does as its task's name says. */
const script = `
  const { parentPort, threadId } = require("node:worker_threads");
  parentPort.on("message", ({ name, task }) => {
    switch (name) {
      case "echo":
        return parentPort.postMessage({ result: { task, threadId } });
      case "fail":
        return parentPort.postMessage({ error: { message: "it failed", stack: "it failed\\n  at a place" } });
      case "hang":
        for (;;);
      case "hoard":
        for (const hoard = []; ; ) hoard.push(new Array(1e5).fill({}));
      case "exit":
        return process.exit(3);
      case "throw":
        throw new Error("thrown");
    }
  });
`;

const patient = { deadline: 60_000 };

interface Echo {
  readonly task: unknown;
  readonly threadId: number;
}

describe("a worker that can be replaced", function () {
  this.timeout(60_000);
  let folder: string;
  let worker: ReplaceableWorker;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    await writeFile(path.join(folder, "worker.cjs"), script);
  });
  beforeEach(() => {
    worker = new ReplaceableWorker(
      nodeWorkers(path.join(folder, "worker.cjs"), 64),
    );
  });
  afterEach(() => {
    worker.replace("the test is over");
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  const echo = (task: unknown, priority = 0): Promise<Echo> =>
    worker.run("echo", () => task, { ...patient, priority });

  it("does one task after another in one and the same thread", async () => {
    const [one, two] = await Promise.all([echo(1), echo(2)]);
    assert.deepEqual([one.task, two.task], [1, 2]);
    assert.equal(one.threadId, two.threadId);
  });

  it("has tasks of a higher priority done first, and asks for each when its turn comes", async () => {
    const done: unknown[] = [];
    const note = async (task: unknown, priority: number) => {
      await worker.run("echo", () => done.push(task), {
        ...patient,
        priority,
      });
    };
    await Promise.all([note("first", 0), note("scan", -1), note("typed", 0)]);
    assert.deepEqual(done, ["first", "typed", "scan"]);
  });

  it("passes on what a task failed with, stack and all, and lives on", async () => {
    const { threadId } = await echo(1);
    await assert.rejects(
      worker.run("fail", () => null, patient),
      (error: Error) =>
        error instanceof TaskFailedError &&
        error.message === "it failed" &&
        error.stack === "it failed\n  at a place",
    );
    assert.equal((await echo(2)).threadId, threadId);
  });

  for (const [name, deadline, reason] of [
    ["hang", 300, /took longer than 0\.3 s/],
    ["hoard", 60_000, /more than 64 MB/],
    ["exit", 60_000, /ended with 3/],
    ["throw", 60_000, /thrown/],
  ] as const) {
    it(`is replaced when a task lets it ${name}, which nobody else feels`, async () => {
      const { threadId } = await echo(1);
      const gone = worker.run(name, () => null, { deadline });
      const next = echo(2);
      await assert.rejects(
        gone,
        (error: Error) =>
          error instanceof WorkerGoneError && reason.test(error.message),
      );
      assert.notEqual((await next).threadId, threadId);
    });
  }

  it("has the task it is at done by another when it is to start afresh", async () => {
    const { threadId } = await echo(1);
    const asked = echo(2);
    worker.restart();
    const answer = await asked;
    assert.equal(answer.task, 2);
    assert.notEqual(answer.threadId, threadId);
  });

  it("fails each task where there is no worker to be had", async () => {
    worker = new ReplaceableWorker(
      nodeWorkers(path.join(folder, "absent.cjs"), 64),
    );
    await assert.rejects(echo(1), WorkerGoneError);
    await assert.rejects(echo(2), WorkerGoneError);
  });
});

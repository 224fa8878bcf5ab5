import assert from "node:assert/strict";
import { verdictOn } from "./rule-verdict.js";
import { runProgram, type Truth } from "./run-program.js";

const run = (code: string): Promise<Truth> =>
  runProgram(verdictOn(code, "espree").sourceCode);

const sema = (body: string, params = "") =>
  run(`const { Sema } = require("async-sema");
const sema = new Sema(3);
async function task(${params}) {
${body}
}`);

const mutex = (body: string, params = "") =>
  run(`const { Mutex } = require("async-mutex");
const mutex = new Mutex();
const kept = [];
async function task(${params}) {
${body}
}`);

/** The decisions on a leaking path of the only acquire; none if it is safe. */
function leakIn({ sites }: Truth): readonly string[] | undefined {
  assert.equal(sites.length, 1);
  return sites[0]!.leak?.decisions;
}

describe("The oracle", () => {
  it("runs each combination of outcomes once", async () => {
    const truth = await sema("  await save();\n  prepare();");
    assert.equal(truth.paths, 3);
    assert.equal(truth.complete, true);
  });

  it("finds the throw that skips a release", async () => {
    const truth = await sema(`  await sema.acquire();
  await save();
  sema.release();`);
    assert.deepEqual(leakIn(truth), ["`await save()` (line 5) throws"]);
  });

  it("finds nothing where a finally releases", async () => {
    const truth = await sema(`  await sema.acquire();
  try { await save(); } finally { sema.release(); }`);
    assert.equal(leakIn(truth), undefined);
    assert.equal(truth.paths, 2);
  });

  it("takes a permit that was not got for none", async () => {
    const truth = await sema(`  if (!sema.tryAcquire()) return;
  sema.release();`);
    assert.equal(leakIn(truth), undefined);
    assert.equal(truth.releaseWithoutAcquire, undefined);
  });

  it("answers a parameter the same way each time", async () => {
    const truth = await sema(
      `  if (limited) await sema.acquire();
  if (limited) sema.release();`,
      "limited",
    );
    assert.equal(leakIn(truth), undefined);
  });

  it("answers a question anew each time", async () => {
    const truth = await sema(`  if (isBusy()) await sema.acquire();
  if (isBusy()) sema.release();`);
    assert.deepEqual(leakIn(truth)?.at(-1), "`isBusy()` (line 5) is false");
  });

  it("remembers what it said of a member", async () => {
    const truth = await sema(
      `  for (const item of items) {
    if (item.slow) await sema.acquire();
    if (item.slow) sema.release();
  }`,
      "items",
    );
    assert.equal(leakIn(truth), undefined);
  });

  it("takes each case of a switch, and none", async () => {
    const truth = await sema(
      `  switch (kind) {
    case "a": await sema.acquire();
    case "b": sema.release(); break;
  }`,
      "kind",
    );
    assert.equal(leakIn(truth), undefined);
    assert.deepEqual(truth.releaseWithoutAcquire?.decisions, ["kind is b"]);
  });

  it("goes round loops and leaves them", async () => {
    const truth = await sema(
      `  for (const item of items) {
    await sema.acquire();
    if (item.last) break;
    sema.release();
  }`,
      "items",
    );
    assert.equal(leakIn(truth)?.at(-1), "item 1 of items.last is true");
  });

  it("ends a path that goes round for ever", async () => {
    const truth = await sema(`  while (true) {
    await sema.acquire();
    if (isDone()) continue;
    sema.release();
  }`);
    assert.ok(leakIn(truth));
    assert.equal(truth.complete, true);
  });

  it("lets the consumer of a generator stop at a yield", async () => {
    const truth = await run(`const { Sema } = require("async-sema");
const sema = new Sema(3);
async function* task(row) {
  await sema.acquire();
  yield row;
  sema.release();
}`);
    assert.match(leakIn(truth)!.at(-1)!, /the consumer stops/);
  });

  it("finds a second release", async () => {
    const truth = await mutex(`  const release = await mutex.acquire();
  release();
  if (isLate()) release();`);
    assert.equal(
      truth.sites[0]!.doubleRelease?.decisions.at(-1),
      "`isLate()` (line 7) is true",
    );
    assert.equal(leakIn(truth), undefined);
  });

  for (const [where, handOver] of [
    ["returned", "return release;"],
    ["returned in an object", "return { close: () => release() };"],
    ["stored", "kept.push(release);"],
    ["passed to somebody", "onClose(release);"],
  ]) {
    it(`leaves a permit with its new owner: ${where}`, async () => {
      const truth = await mutex(`  const release = await mutex.acquire();
  ${handOver}`);
      assert.equal(leakIn(truth), undefined);
      assert.equal(truth.sites[0]!.isHandedOn, true);
    });
  }

  it("knows that a permit had no new owner yet", async () => {
    const truth = await mutex(`  const release = await mutex.acquire();
  prepare();
  return release;`);
    assert.equal(truth.sites[0]!.leak?.needsCallThrow, true);
    assert.equal(truth.sites[0]!.isHandedOn, true);
  });

  it("says so when it has not seen every path", async () => {
    const calls = "  if (isDone()) prepare();\n".repeat(12);
    assert.equal((await sema(`try { } finally {\n${calls}}`)).complete, false);
  });

  it("refuses a program that trips over itself", async () => {
    await assert.rejects(
      mutex(`  let release;
  release();
  release = await mutex.acquire();`),
      TypeError,
    );
  });
});

/**
 * Ten million operations on one semaphore, a map and a stream. Fails when the
 * heap grows or a permit goes missing. `--operations` sets another number.
 */
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { mapLimit, mapStream, Semaphore, type Permit } from "semaphore-guard";

const { values } = parseArgs({
  options: { operations: { type: "string", default: "10000000" } },
});
const operations = Number(values.operations);

/** Rounds; the first few fill caches and compile, and don't count. */
const ROUNDS = 20;
const WARM_UP = 4;
/** More than this is growth. */
const SLACK = 512 * 1024;

const semaphore = new Semaphore(8, { yieldEvery: 10_000 });
const longLived = new AbortController();
const heaps: number[] = [];

for (let round = 0; round < ROUNDS; round++) {
  await work(operations / ROUNDS);
  assert.deepEqual([semaphore.inUse, semaphore.pending], [0, 0]);
  const heap = heapUsed();
  heaps.push(heap);
  console.log(
    `${Math.round((operations / ROUNDS) * (round + 1))} operations, heap ${(heap / 1024).toFixed(0)} KiB`,
  );
}

const counted = heaps.slice(WARM_UP);
const growth = counted.at(-1)! - counted[0]!;
console.log(`Grown by ${(growth / 1024).toFixed(0)} KiB since the warm-up.`);
assert.ok(growth < SLACK, "the heap is not flat");

/** Everything that takes or waits for a permit, in equal parts. */
async function work(count: number): Promise<void> {
  const { signal } = longLived;
  const batch = 100;
  for (let done = 0; done < count; done += 10 * batch) {
    const waiters: Promise<void>[] = [];
    for (let i = 0; i < batch; i++) {
      semaphore.tryAcquire()?.release();
      waiters.push(
        semaphore.acquire().then(release),
        semaphore.acquire({ signal, weight: 3 }).then(release),
        semaphore.acquire({ priority: i % 5, timeout: 60_000 }).then(release),
        semaphore.withPermit(() => i, { signal }).then(() => {}),
        aborted(),
        refused(),
      );
    }
    await Promise.all(waiters);
    await mapLimit(Array(batch).keys(), semaphore, (item) => item);
    for await (const item of mapStream(Array(2 * batch).keys(), 4, half)) {
      assert.ok(item >= 0);
    }
  }
}

function release(permit: Permit): void {
  const part = permit.weight > 1 ? permit.split(1) : undefined;
  permit.release();
  permit.release();
  part?.release();
}

/** Gives up while it waits. */
async function aborted(): Promise<void> {
  const controller = new AbortController();
  const waiting = semaphore.acquire({ weight: 8, signal: controller.signal });
  controller.abort();
  await waiting.then(release, () => {});
}

async function refused(): Promise<void> {
  const waiting = semaphore.withPermit(() => {
    throw new Error("refused");
  });
  await waiting.catch(() => {});
}

function half(item: number): number {
  return item / 2;
}

function heapUsed(): number {
  assert.ok(globalThis.gc, "run with --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

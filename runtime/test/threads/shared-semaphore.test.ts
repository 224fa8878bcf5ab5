import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { mapLimit } from "semaphore-guard";
import {
  SharedSemaphore,
  type Reclaimed,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

const puppet = new URL("puppet.worker.js", import.meta.url);

const turns = new Int32Array(new SharedArrayBuffer(4));

/** A worker that does what it is told, and answers. */
function start(semaphore: SharedSemaphore, role = "puppet"): Worker {
  turns[0] = 0;
  return semaphore.share(
    (handle) => new Worker(puppet, { workerData: { handle, turns, role } }),
  );
}

async function tell(worker: Worker, command: string): Promise<unknown> {
  const answer = once(worker, "message");
  worker.postMessage(command);
  return (await answer)[0];
}

function nextReclaim(): [Promise<Reclaimed>, (reclaimed: Reclaimed) => void] {
  let tellOf!: (reclaimed: Reclaimed) => void;
  const promise = new Promise<Reclaimed>((resolve) => (tellOf = resolve));
  return [promise, tellOf];
}

describe("SharedSemaphore", () => {
  it("counts the permits of all threads together", async () => {
    const semaphore = new SharedSemaphore(2);
    const worker = start(semaphore);
    using mine = await semaphore.acquire();
    assert.equal(await tell(worker, "acquire"), "granted");
    assert.deepEqual([semaphore.inUse, semaphore.available], [2, 0]);
    assert.equal(semaphore.tryAcquire(), undefined);
    const waiting = semaphore.acquire();
    assert.equal(semaphore.pending, 1);
    assert.equal(await tell(worker, "release"), "released");
    using theirs = await waiting;
    assert.equal(mine.released || theirs.released, false);
    await worker.terminate();
  });

  it("lets in who has waited longest, of whatever thread", async () => {
    const semaphore = new SharedSemaphore(1);
    const workers = [start(semaphore), start(semaphore), start(semaphore)];
    const permit = await semaphore.acquire();
    const turns: Promise<unknown>[] = [];
    for (const place of [2, 0, 1]) {
      const worker = workers[place]!;
      assert.equal(await tell(worker, "queue"), "queued");
      turns.push(once(worker, "message").then(([turn]) => turn as number));
    }
    permit.release();
    assert.deepEqual(await Promise.all(turns), [0, 1, 2]);
    await semaphore.acquire({ timeout: 10_000 });
    await Promise.all(workers.map((worker) => worker.terminate()));
  });

  it("wakes a thread once for many grants and hands them out in order", async () => {
    const semaphore = new SharedSemaphore(3);
    const elsewhere = SharedSemaphore.from(semaphore.share());
    const all = await semaphore.acquire({ weight: 3 });
    const order: number[] = [];
    const grants = [1, 2, 3].map(async (place) => {
      const permit = await elsewhere.acquire();
      order.push(place);
      return permit;
    });
    all.release();
    const permits = await Promise.all(grants);
    assert.deepEqual(order, [1, 2, 3]);
    for (const permit of permits) permit.release();
    assert.equal(semaphore.inUse, 0);
  });

  it("may be there twice in one thread", async () => {
    const semaphore = new SharedSemaphore(1);
    const handle = semaphore.share();
    const [once, twice] = [
      SharedSemaphore.from(handle),
      SharedSemaphore.from(handle),
    ];
    const held = await once.acquire();
    const waiting = twice.acquire({ timeout: 10_000 });
    held.release();
    assert.equal((await waiting).release(), true);
  });

  it("keeps a light caller behind a heavy one", async () => {
    const semaphore = new SharedSemaphore(3);
    using one = await semaphore.acquire();
    const heavy = semaphore.acquire({ weight: 3 });
    const light = semaphore.acquire();
    assert.equal(semaphore.pending, 2);
    assert.equal(semaphore.tryAcquire(), undefined);
    one.release();
    (await heavy).release();
    (await light).release();
  });

  it("takes an aborted caller out of the line, and those behind it move up", async () => {
    const semaphore = new SharedSemaphore(2);
    const elsewhere = SharedSemaphore.from(semaphore.share());
    using held = await elsewhere.acquire();
    const controller = new AbortController();
    const heavy = semaphore.acquire({ weight: 2, signal: controller.signal });
    const light = elsewhere.acquire();
    controller.abort("too late");
    await assert.rejects(heavy, (reason) => reason === "too late");
    (await light).release();
    assert.deepEqual([semaphore.inUse, semaphore.pending], [1, 0]);
    const aborted = semaphore.acquire({ signal: controller.signal });
    await assert.rejects(aborted, (reason) => reason === "too late");
    held.release();
    assert.equal(semaphore.inUse, 0);
  });

  it("gives a permit back that was granted but not yet handed out when the signal aborts", async () => {
    const semaphore = new SharedSemaphore(1);
    const elsewhere = SharedSemaphore.from(semaphore.share());
    const held = await elsewhere.acquire();
    const controller = new AbortController();
    const waiting = semaphore.acquire(controller);
    held.release(); // grants it to this thread, which has not been woken yet
    assert.deepEqual([semaphore.inUse, semaphore.pending], [1, 0]);
    controller.abort("no more");
    await assert.rejects(waiting, (reason) => reason === "no more");
    assert.equal(semaphore.inUse, 0);
  });

  it("gives up after the timeout, at once if that is 0", async () => {
    const semaphore = new SharedSemaphore(1);
    using permit = await semaphore.acquire({ timeout: 0 });
    for (const timeout of [0, 1]) {
      await assert.rejects(semaphore.acquire({ timeout }), {
        name: "AcquireTimeoutError",
        timeout,
      });
    }
    assert.equal(semaphore.pending, 0);
    assert.equal(permit.released, false);
  });

  it("resizes for all threads, and pauses at 0", async () => {
    const semaphore = new SharedSemaphore(1);
    const elsewhere = SharedSemaphore.from(semaphore.share());
    semaphore.resize(0);
    const waiting = elsewhere.acquire({ weight: 2 });
    assert.deepEqual([elsewhere.limit, elsewhere.pending], [0, 1]);
    semaphore.resize(2);
    (await waiting).release();
    semaphore.resize(0);
    const heavy = elsewhere.acquire({ weight: 2 });
    semaphore.resize(1);
    await assert.rejects(heavy, { name: "InvalidWeightError" });
    semaphore.resize(Infinity);
    assert.equal(elsewhere.limit, Infinity);
  });

  it("splits and forgets permits", async () => {
    const semaphore = new SharedSemaphore(3);
    const permit = await semaphore.acquire({ weight: 3 });
    const part = permit.split(1);
    assert.equal(part.release(), true);
    assert.equal(part.release(), false);
    assert.equal(semaphore.inUse, 2);
    assert.equal(permit.forget(), true);
    assert.deepEqual([semaphore.inUse, semaphore.limit], [0, 1]);
    semaphore.resize(Infinity);
    (await semaphore.acquire()).forget();
    assert.equal(semaphore.limit, Infinity);
  });

  it("offers withPermit, wrap, acquireNow, and is a governor of mapLimit", async () => {
    const semaphore = new SharedSemaphore(1);
    const failing = semaphore.withPermit(() => {
      assert.throws(() => semaphore.acquireNow(), { name: "NoPermitError" });
      throw new Error("failed");
    });
    await assert.rejects(failing, { message: "failed" });
    assert.equal(await semaphore.wrap((n: number) => n + 1)(1), 2);
    const doubled = await mapLimit([1, 2, 3], semaphore, (n) => 2 * n);
    assert.deepEqual(doubled, [2, 4, 6]);
    assert.equal(semaphore.inUse, 0);
    semaphore.acquireNow().release();
  });

  it("refuses what is no limit, weight, capacity or handle, and one too many", async () => {
    assert.throws(() => new SharedSemaphore(0), { name: "InvalidLimitError" });
    const wrong = { name: "InvalidArgumentError" };
    assert.throws(() => new SharedSemaphore(1, { capacity: 0 }), wrong);
    assert.throws(() => new SharedSemaphore(1, { maxThreads: 1.5 }), wrong);
    const nothing = {} as SharedSemaphoreHandle;
    assert.throws(() => SharedSemaphore.from(nothing), wrong);
    const semaphore = new SharedSemaphore(1, { capacity: 1, maxThreads: 1 });
    const weighty = semaphore.acquire({ weight: 2 });
    await assert.rejects(weighty, { name: "InvalidWeightError" });
    assert.throws(() => semaphore.share(), { name: "QueueFullError" });
    using permit = await semaphore.acquire();
    await assert.rejects(semaphore.acquire(), { name: "QueueFullError" });
    assert.equal(permit.release(), true);
    (await semaphore.acquire()).release();
  });

  it("keeps the process alive while somebody waits, and no longer", async () => {
    const script = new URL("lone-waiter.js", import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, [
      script.pathname,
    ]);
    assert.equal(stdout, "waiting\ngranted\nover\n");
  });
});

describe("A worker that ends", () => {
  it("gives back what it held and leaves the line, and that is said", async () => {
    const [reclaimed, onReclaim] = nextReclaim();
    const semaphore = new SharedSemaphore(3, { onReclaim });
    const worker = start(semaphore);
    assert.equal(await tell(worker, "acquire"), "granted");
    assert.equal(await tell(worker, "acquire"), "granted");
    using mine = await semaphore.acquire();
    assert.equal(await tell(worker, "queue"), "queued");
    const waiting = semaphore.acquire({ weight: 2 });
    assert.equal(semaphore.pending, 2);
    worker.postMessage("exit");
    (await waiting).release();
    assert.deepEqual(await reclaimed, { permits: 2, waiting: 1 });
    assert.equal(semaphore.inUse, 1);
    assert.equal(mine.released, false);
  });

  it("is a warning of the process where nobody listens", async () => {
    const semaphore = new SharedSemaphore(1);
    const worker = start(semaphore);
    assert.equal(await tell(worker, "acquire"), "granted");
    const warned = once(process, "warning");
    await worker.terminate();
    const [{ name, message }] = (await warned) as [Error];
    assert.equal(name, "PermitsReclaimed");
    assert.match(message, /1 held/);
  });

  it("says nothing when it held nothing, and makes room for another", async () => {
    const semaphore = new SharedSemaphore(1, {
      maxThreads: 2,
      onReclaim: () => assert.fail(),
    });
    for (let round = 0; round < 3; round++) {
      const worker = start(semaphore);
      assert.equal(await tell(worker, "acquire"), "granted");
      assert.equal(await tell(worker, "release"), "released");
      await worker.terminate();
    }
  });

  it("does not keep the others out when it dies inside the critical section", async () => {
    const [reclaimed, onReclaim] = nextReclaim();
    const semaphore = new SharedSemaphore(1, { onReclaim });
    const worker = start(semaphore);
    assert.equal(await tell(worker, "acquire"), "granted");
    assert.equal(await tell(worker, "seize the section"), "seized");
    assert.equal(semaphore.tryAcquire(), undefined);
    const waiting = semaphore.acquire();
    await worker.terminate();
    (await waiting).release();
    assert.deepEqual(await reclaimed, { permits: 1, waiting: 0 });
  });

  it("leaves nobody asleep whom it has let in without telling", async () => {
    const semaphore = new SharedSemaphore(1);
    const [worker, other] = [start(semaphore), start(semaphore)];
    assert.equal(await tell(worker, "acquire"), "granted");
    assert.equal(await tell(other, "queue"), "queued");
    const turn = once(other, "message");
    worker.postMessage("release, tell nobody and exit");
    assert.deepEqual(await turn, [0]);
    await semaphore.acquire({ timeout: 10_000 });
    await other.terminate();
  });

  it("takes the workers it started with it", async () => {
    const [reclaimed, onReclaim] = nextReclaim();
    const semaphore = new SharedSemaphore(2, { onReclaim, maxThreads: 3 });
    const parent = start(semaphore, "parent");
    assert.equal((await once(parent, "message"))[0], "child granted");
    assert.equal(semaphore.inUse, 2);
    await parent.terminate();
    assert.deepEqual(await reclaimed, { permits: 2, waiting: 0 });
    assert.equal(semaphore.inUse, 0);
    semaphore.share();
    semaphore.share();
  });

  it("can be reclaimed by hand, once, and can do no more harm then", async () => {
    const seen: Reclaimed[] = [];
    const semaphore = new SharedSemaphore(1, {
      onReclaim: (reclaimed) => seen.push(reclaimed),
    });
    const handle = semaphore.share();
    const elsewhere = SharedSemaphore.from(handle);
    const permit = await elsewhere.acquire();
    semaphore.reclaim(handle);
    semaphore.reclaim(handle);
    using mine = await semaphore.acquire();
    assert.equal(permit.release(), true);
    assert.equal(semaphore.inUse, 1);
    assert.equal(elsewhere.tryAcquire(), undefined);
    await assert.rejects(elsewhere.acquire(), { name: "SemaphoreClosedError" });
    assert.deepEqual(seen, [{ permits: 1, waiting: 0 }]);
    assert.equal(mine.release(), true);
  });
});

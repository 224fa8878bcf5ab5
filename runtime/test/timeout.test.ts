import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mock } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { AcquireTimeoutError, Semaphore } from "semaphore-guard";

describe("A timeout", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  const isTimeout = (timeout: number, shown: RegExp) => (error: unknown) => {
    assert.ok(error instanceof AcquireTimeoutError);
    assert.equal(error.name, "AcquireTimeoutError");
    assert.equal(error.code, "ERR_ACQUIRE_TIMEOUT");
    assert.equal(error.timeout, timeout);
    assert.match(error.message, shown);
    return true;
  };

  it("ends the wait when the time is up and not before, and says how things stood", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const result = semaphore.acquire({ timeout: 500 });
    const next = semaphore.acquire();
    mock.timers.tick(499);
    assert.equal(semaphore.pending, 2);
    mock.timers.tick(1);
    assert.equal(semaphore.pending, 1);
    const shown = /within 500 ms: 1 of 1 in use, 2 waiting/;
    await assert.rejects(result, isTimeout(500, shown));
    holder.release();
    assert.equal((await next).release(), true);
    assert.equal(semaphore.inUse, 0);
  });

  it("that passes after the grant changes nothing", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const granted = semaphore.acquire({ timeout: 500 });
    holder.release();
    mock.timers.tick(1000);
    assert.equal((await granted).release(), true);
    assert.equal(semaphore.inUse, 0);
  });

  it("and a signal: whichever comes first ends the wait, once", async () => {
    const semaphore = new Semaphore(1);
    await semaphore.acquire();
    const controller = new AbortController();
    const wait = () =>
      semaphore.acquire({ signal: controller.signal, timeout: 500 });
    const early = wait();
    mock.timers.tick(500);
    const late = wait();
    controller.abort("aborted");
    mock.timers.tick(500);
    await assert.rejects(early, AcquireTimeoutError);
    assert.equal(await late.catch((reason: unknown) => reason), "aborted");
    assert.equal(semaphore.pending, 0);
  });

  it("of 0 takes what is free now, and waits for nothing else", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire({ timeout: 0 });
    const refused = semaphore.acquire({ timeout: 0 });
    assert.equal(semaphore.pending, 0);
    await assert.rejects(refused, isTimeout(0, /within 0 ms/));
    holder.release();
  });

  it("longer than any timer is none, rather than one that fires at once", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const waits = [2 ** 31, Infinity].map((timeout) =>
      semaphore.acquire({ timeout }),
    );
    mock.timers.tick(2 ** 31);
    assert.equal(semaphore.pending, 2);
    holder.release();
    (await waits[0]!).release();
    (await waits[1]!).release();
  });

  it("keeps fn of withPermit from running", async () => {
    const semaphore = new Semaphore(1);
    await semaphore.acquire();
    const fn = () => assert.fail("called");
    const result = semaphore.withPermit(fn, { timeout: 5 });
    mock.timers.tick(5);
    await assert.rejects(result, AcquireTimeoutError);
  });

  it("keeps the process alive for a lone waiter", async () => {
    const program = fileURLToPath(new URL("lone-waiter.js", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    assert.equal(stdout, "ERR_ACQUIRE_TIMEOUT\n");
  });
});

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { Semaphore } from "semaphore-guard";
import { settle } from "./ticks.js";

describe("A waiter's signal", () => {
  it("that has already aborted rejects with its reason, though permits are free", async () => {
    const semaphore = new Semaphore(1);
    const reason = new Error("too late");
    const signal = AbortSignal.abort(reason);
    await assert.rejects(semaphore.acquire({ signal }), is(reason));
    let called = false;
    const fn = () => (called = true);
    await assert.rejects(semaphore.withPermit(fn, { signal }), is(reason));
    assert.equal(called, false);
    assert.equal(semaphore.inUse, 0);
  });

  it("takes it out of the line, and those behind move up", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const controller = new AbortController();
    const reason = { why: "any value will do" };
    const doomed = semaphore.acquire({ signal: controller.signal });
    const next = semaphore.acquire();
    controller.abort(reason);
    assert.equal(semaphore.pending, 1);
    await assert.rejects(doomed, is(reason));
    holder.release();
    assert.equal((await next).release(), true);
    assert.equal(semaphore.inUse, 0);
  });

  it("does not take back a permit granted before the abort in the same tick", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const controller = new AbortController();
    const granted = semaphore.acquire({ signal: controller.signal });
    holder.release();
    controller.abort();
    assert.equal((await granted).release(), true);
    assert.equal(semaphore.inUse, 0);
  });

  it("keeps fn from running when it aborts between the grant and the start", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const controller = new AbortController();
    let called = false;
    const fn = () => (called = true);
    const result = semaphore.withPermit(fn, { signal: controller.signal });
    holder.release();
    controller.abort();
    await assert.rejects(result, is(controller.signal.reason));
    assert.equal(called, false);
    assert.equal(semaphore.inUse, 0);
  });

  it("does not interrupt fn once it runs", async () => {
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    const result = semaphore.withPermit(
      async () => {
        controller.abort();
        await settle();
        return "done";
      },
      { signal: controller.signal },
    );
    assert.equal(await result, "done");
  });

  it("ends all waits on it before anybody is granted what that frees", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const { signal, abort } = controllerParts();
    signal.addEventListener("abort", () => holder.release());
    const doomed = [1, 2, 3].map(() => semaphore.acquire({ signal }));
    const survivor = semaphore.acquire();
    abort();
    const outcomes = await Promise.allSettled(doomed);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    assert.equal((await survivor).release(), true);
  });

  it("holds nobody up when another listener stops the event", async () => {
    const semaphore = new Semaphore(1);
    const holder = await semaphore.acquire();
    const { signal, abort } = controllerParts();
    signal.addEventListener("abort", (event) =>
      event.stopImmediatePropagation(),
    );
    const doomed = semaphore.acquire({ signal });
    const next = semaphore.acquire();
    abort();
    holder.release();
    await assert.rejects(doomed, is(signal.reason));
    assert.equal((await next).release(), true);
  });

  it("gets one listener, however many wait on it, and loses it with the last", async () => {
    const semaphores = [new Semaphore(1), new Semaphore(1)];
    const held = semaphores.map((semaphore) => semaphore.tryAcquire()!);
    const { signal, abort } = controllerParts();
    const waiters = semaphores.flatMap((semaphore) =>
      Array.from({ length: 50 }, () => semaphore.acquire({ signal })),
    );
    assert.equal(getEventListeners(signal, "abort").length, 1);
    held.forEach((permit) => permit.release());
    for (let i = 0; i < 25; i++) {
      (await waiters[i]!).release();
      (await waiters[i + 50]!).release();
    }
    assert.equal(getEventListeners(signal, "abort").length, 1);
    abort();
    const outcomes = await Promise.allSettled(waiters);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    const aborted = outcomes.filter(({ status }) => status === "rejected");
    assert.equal(aborted.length, 100 - 2 * 26);
  });
});

function controllerParts() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Rejections must carry the very reason, which need not be an Error. */
function is(expected: unknown) {
  return (actual: unknown) => {
    assert.equal(actual, expected);
    return true;
  };
}

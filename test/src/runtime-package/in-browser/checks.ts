import {
  AcquireTimeoutError,
  detectLeaks,
  forEachLimit,
  KeyedSemaphore,
  mapLimit,
  mapStream,
  Mutex,
  Semaphore,
} from "semaphore-guard";

/** What is tried inside of the browser, by what it shows. */
export const checks: Record<string, () => unknown> = {
  async "hands permits over in the order of the line"() {
    const semaphore = new Semaphore(1);
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map((n) =>
        semaphore.withPermit(async () => {
          await pause();
          order.push(n);
        }),
      ),
    );
    equal(order, [1, 2, 3]);
    equal([semaphore.inUse, semaphore.pending], [0, 0]);
  },

  async "takes the browser's signals"() {
    const semaphore = new Semaphore(1);
    using _permit = semaphore.acquireNow();
    const controller = new AbortController();
    const waiting = semaphore.acquire({ signal: controller.signal });
    controller.abort("enough");
    equal(await waiting.catch((reason: unknown) => reason), "enough");
    const late = semaphore.acquire({ signal: AbortSignal.timeout(1) });
    const reason = await late.catch((reason: unknown) => reason);
    equal((reason as Error).name, "TimeoutError");
    equal(semaphore.pending, 0);
  },

  async "takes the browser's timers"() {
    const semaphore = new Semaphore(1, { yieldEvery: 1 });
    const permit = await semaphore.acquire();
    const late = semaphore.acquire({ timeout: 1 });
    const reason = await late.catch((reason: unknown) => reason);
    equal(reason instanceof AcquireTimeoutError, true);
    const next = semaphore.acquire();
    permit.release();
    equal((await next).release(), true);
  },

  async "maps, streams and locks"() {
    const double = async (n: number) => {
      await pause();
      return 2 * n;
    };
    equal(await mapLimit([1, 2, 3], 2, double), [2, 4, 6]);
    const seen: number[] = [];
    for await (const item of mapStream([1, 2, 3], 2, double)) seen.push(item);
    equal(seen, [2, 4, 6]);
    const mutex = new Mutex();
    await forEachLimit([1, 2], 2, () => mutex.runExclusive(pause));
    const keyed = new KeyedSemaphore<string>(1);
    equal(await keyed.withPermit("key", () => "done"), "done");
  },

  "finds no environment there, and takes the default"() {
    const semaphore = Semaphore.fromEnv("MAX_CONCURRENCY", { default: 5 });
    equal(semaphore.limit, 5);
  },

  async "watches for leaks"() {
    const semaphore = new Semaphore(1);
    detectLeaks(semaphore);
    equal(await semaphore.withPermit(() => "done"), "done");
  },
};

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function equal(actual: unknown, expected: unknown): void {
  const [one, other] = [actual, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`${one} is not ${other}`);
}

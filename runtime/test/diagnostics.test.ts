import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFile } from "node:fs/promises";
import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { detectLeaks, Semaphore } from "semaphore-guard";
import {
  ACQUIRE_CHANNEL,
  observe,
  REFUSE_CHANNEL,
  RELEASE_CHANNEL,
  type AcquireEvent,
  type RefuseEvent,
  type ReleaseEvent,
} from "semaphore-guard/diagnostics";
import { settle } from "./ticks.js";

describe("observe", () => {
  const events: [string, unknown][] = [];
  const note = (event: unknown, channel: string | symbol) => {
    events.push([String(channel), event]);
  };
  const channels = [ACQUIRE_CHANNEL, REFUSE_CHANNEL, RELEASE_CHANNEL];

  beforeEach(() => {
    events.length = 0;
    for (const channel of channels) subscribe(channel, note);
  });
  afterEach(() => {
    for (const channel of channels) unsubscribe(channel, note);
  });

  it("publishes who got a permit, who got none, and what came back", async () => {
    const semaphore = new Semaphore(2);
    observe(semaphore, { name: "jobs" });
    const permit = await semaphore.acquire({ weight: 2 });
    assert.equal(semaphore.tryAcquire(), undefined);
    const signal = AbortSignal.abort("late");
    await semaphore.acquire({ signal }).catch(() => {});
    permit.release();
    await semaphore.withPermit(() => {});

    const of = (channel: string) =>
      events.filter(([name]) => name === channel).map(([, event]) => event);
    const acquired = of(ACQUIRE_CHANNEL) as AcquireEvent[];
    const refused = of(REFUSE_CHANNEL) as RefuseEvent[];
    const released = of(RELEASE_CHANNEL) as ReleaseEvent[];
    assert.deepEqual(
      acquired.map(({ weight }) => weight),
      [2, 1],
    );
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      [undefined, "late"],
    );
    assert.deepEqual(
      released.map(({ weight }) => weight),
      [2, 1],
    );
    for (const { waited } of [...acquired, ...refused]) assert.ok(waited >= 0);
    for (const { held } of released) assert.ok(held! >= 0);
    for (const [, event] of events) {
      assert.equal((event as AcquireEvent).name, "jobs");
      assert.equal((event as AcquireEvent).semaphore, semaphore);
    }
  });

  it("counts in stats, and spreads the times over a histogram", async () => {
    const semaphore = new Semaphore(1);
    const observation = observe(semaphore, { name: "jobs" });
    const empty = observation.stats();
    assert.deepEqual(
      [empty.acquired, empty.waited.max, empty.held.p99],
      [0, 0, 0],
    );
    const first = await semaphore.acquire();
    const second = semaphore.acquire();
    semaphore.tryAcquire();
    assert.equal(observation.stats().pending, 1);
    await settle();
    first.release();
    (await second).release();
    const { waited, held, ...counts } = observation.stats();
    assert.deepEqual(counts, {
      name: "jobs",
      limit: 1,
      inUse: 0,
      pending: 0,
      acquired: 2,
      refused: 1,
      released: 2,
    });
    for (const durations of [waited, held]) {
      const { count, min, mean, max, p50, p90, p99 } = durations;
      assert.equal(count, 2);
      assert.ok(0 < min && min <= mean && mean <= max);
      assert.ok(p50 <= p90 && p90 <= p99 && p99 <= max * 1.01);
    }
  });

  it("leaves what it watches as it was: results, refusals, early releases, parts", async () => {
    const semaphore = new Semaphore(3);
    detectLeaks(semaphore);
    const observation = observe(semaphore, { name: "jobs" });
    const value = await semaphore.withPermit((permit) => {
      permit.release();
      return "value";
    });
    assert.equal(value, "value");
    const failing = semaphore.withPermit(() => {
      throw new Error("thrown");
    });
    await assert.rejects(failing, /thrown/);
    await assert.rejects(semaphore.withPermit(1 as never), TypeError);
    const closed = new Semaphore(1);
    const ofClosed = observe(closed, { name: "closed" });
    closed.close();
    await assert.rejects(
      closed.withPermit(() => {}),
      { code: "ERR_SEMAPHORE_CLOSED" },
    );
    assert.equal(ofClosed.stats().refused, 1);
    const whole = semaphore.acquireNow({ weight: 3 });
    const part = whole.split(1);
    assert.equal(part.release(), true);
    assert.equal(whole.release(), true);
    assert.equal(semaphore.inUse, 0);
    const { acquired, refused, released, held } = observation.stats();
    assert.deepEqual([acquired, refused, released, held.count], [3, 0, 4, 4]);
  });
});

describe("The OpenTelemetry example", () => {
  it("feeds a meter with the waits, the refusals and the state", async () => {
    const exporter = new InMemoryMetricExporter(
      AggregationTemporality.CUMULATIVE,
    );
    const reader = new PeriodicExportingMetricReader({ exporter });
    const provider = new MeterProvider({ readers: [reader] });
    metrics.setGlobalMeterProvider(provider);
    try {
      const { measure } = await import("./examples/opentelemetry.js");
      const semaphore = new Semaphore(1);
      measure(semaphore, "database");
      const permit = await semaphore.acquire();
      const waiter = semaphore.acquire();
      semaphore.tryAcquire();
      await provider.forceFlush();
      permit.release();
      (await waiter).release();

      const [exported] = exporter.getMetrics();
      const points = Object.fromEntries(
        exported!.scopeMetrics[0]!.metrics.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints[0]!,
        ]),
      );
      assert.equal(points["semaphore.permits.in_use"]!.value, 1);
      assert.equal(points["semaphore.waiters"]!.value, 1);
      assert.equal(points["semaphore.refusals"]!.value, 1);
      assert.deepEqual(points["semaphore.refusals"]!.attributes, {
        "semaphore.name": "database",
        "error.type": "busy",
      });
      const waits = points["semaphore.wait.duration"]!;
      assert.equal((waits.value as { count: number }).count, 1);
    } finally {
      metrics.disable();
      await provider.shutdown();
    }
  });

  it("stands in the docs as it runs here", async () => {
    const read = (path: string) =>
      readFile(new URL(`../../${path}`, import.meta.url), "utf8");
    const example = await read("test/examples/opentelemetry.ts");
    const guide = await read("../docs/guides/telemetry.md");
    assert.ok(guide.includes(`\`\`\`ts\n${example}\`\`\``));
  });
});

/// <reference types="node" />
import { channel } from "node:diagnostics_channel";
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import { intercept } from "./intercept.js";
import type { Permit } from "./permit.js";
import type { Semaphore } from "./semaphore.js";

/**
 * The diagnostics channel that gets an {@link AcquireEvent} for every permit
 * granted.
 */
export const ACQUIRE_CHANNEL = "semaphore-guard:acquire";
/**
 * The diagnostics channel that gets a {@link RefuseEvent} for everybody who got
 * no permit.
 */
export const REFUSE_CHANNEL = "semaphore-guard:refuse";
/**
 * The diagnostics channel that gets a {@link ReleaseEvent} for every permit that
 * came back.
 */
export const RELEASE_CHANNEL = "semaphore-guard:release";

export interface SemaphoreEvent {
  readonly semaphore: Semaphore;
  /** As given to {@link observe}. */
  readonly name: string;
  readonly weight: number;
}

export interface AcquireEvent extends SemaphoreEvent {
  /** How long the caller waited for the permit, in milliseconds. */
  readonly waited: number;
}

export interface RefuseEvent extends SemaphoreEvent {
  /** How long the caller waited in vain, in milliseconds. */
  readonly waited: number;
  /** What the caller's promise rejects with; `undefined` for a `tryAcquire`. */
  readonly reason: unknown;
}

export interface ReleaseEvent extends SemaphoreEvent {
  /**
   * How long the permit was out, in milliseconds; `undefined` for one that had
   * leaked or was out before `observe`.
   */
  readonly held: number | undefined;
}

/** Times in milliseconds. All are 0 while there are none. */
export interface Durations {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface SemaphoreStats {
  readonly name: string;
  readonly limit: number;
  readonly inUse: number;
  readonly pending: number;
  /** Permits granted since {@link observe}. */
  readonly acquired: number;
  /** Callers who got none: aborted, out of time, no room, closed, not free. */
  readonly refused: number;
  /** Permits that came back. */
  readonly released: number;
  /** How long callers waited for the permits that they got. */
  readonly waited: Durations;
  /** How long permits were out that came back. */
  readonly held: Durations;
}

export interface ObserveOptions {
  /** Tells the semaphore from others in events and statistics. */
  name: string;
}

export interface Observation {
  /** What has happened since {@link observe}. O(1) but for the percentiles. */
  stats(): SemaphoreStats;
}

/**
 * Keeps statistics of a semaphore and publishes what happens to it on
 * `node:diagnostics_channel`, for whatever collects metrics to subscribe to.
 *
 * From now on an acquire costs a microsecond or so more; a channel without
 * subscribers costs nothing. Semaphores not observed pay nothing. There is no way
 * to stop it. Times have the resolution of `performance.now()`; percentiles are
 * right to three digits. Needs Node, or what stands in for `node:perf_hooks`.
 *
 * @example
 * ```ts
 * import { subscribe } from "node:diagnostics_channel";
 * import { ACQUIRE_CHANNEL, observe } from "semaphore-guard/diagnostics";
 *
 * const observation = observe(connections, { name: "database" });
 * setInterval(() => log.info(observation.stats()), 60_000);
 *
 * subscribe(ACQUIRE_CHANNEL, (event) => {
 *   const { name, waited } = event as AcquireEvent;
 *   if (waited > 1000) log.warn({ name, waited }, "waited long for a permit");
 * });
 * ```
 */
export function observe(
  semaphore: Semaphore,
  { name }: ObserveOptions,
): Observation {
  const waits = createHistogram();
  const holds = createHistogram();
  const since = new WeakMap<Permit, number>();
  let refused = 0;
  let released = 0;

  intercept(semaphore, {
    requested: (weight) => ({ weight, start: performance.now() }),
    granted(permit, { start }) {
      const now = performance.now();
      const { weight } = permit;
      since.set(permit, now);
      record(waits, now - start);
      publish(ACQUIRE, () => ({
        semaphore,
        name,
        weight,
        waited: now - start,
      }));
    },
    refused(reason, { weight, start }) {
      refused++;
      const waited = performance.now() - start;
      publish(REFUSE, () => ({
        semaphore,
        name,
        weight,
        waited,
        reason,
      }));
    },
    released(permit, weight) {
      released++;
      const start = permit && since.get(permit);
      const held = start === undefined ? undefined : performance.now() - start;
      if (held !== undefined) record(holds, held);
      publish(RELEASE, () => ({ semaphore, name, weight, held }));
    },
    split(whole, part) {
      const start = since.get(whole);
      if (start !== undefined) since.set(part, start);
    },
  });

  return {
    stats: () => ({
      name,
      limit: semaphore.limit,
      inUse: semaphore.inUse,
      pending: semaphore.pending,
      acquired: waits.count,
      refused,
      released,
      waited: durations(waits),
      held: durations(holds),
    }),
  };
}

const ACQUIRE = channel(ACQUIRE_CHANNEL);
const REFUSE = channel(REFUSE_CHANNEL);
const RELEASE = channel(RELEASE_CHANNEL);

function publish(
  to: typeof ACQUIRE,
  event: () => AcquireEvent | RefuseEvent | ReleaseEvent,
): void {
  if (to.hasSubscribers) to.publish(event());
}

/** The histogram counts nanoseconds, from 1. */
const NANOSECONDS = 1e6;

function record(histogram: RecordableHistogram, milliseconds: number): void {
  histogram.record(Math.max(1, Math.round(milliseconds * NANOSECONDS)));
}

function durations(histogram: RecordableHistogram): Durations {
  const { count } = histogram;
  const inMilliseconds = (nanoseconds: number) =>
    count === 0 ? 0 : nanoseconds / NANOSECONDS;
  const percentile = (percent: number) =>
    inMilliseconds(histogram.percentile(percent));
  return {
    count,
    min: inMilliseconds(histogram.min),
    mean: inMilliseconds(histogram.mean),
    max: inMilliseconds(histogram.max),
    p50: percentile(50),
    p90: percentile(90),
    p99: percentile(99),
  };
}

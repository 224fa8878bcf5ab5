import { subscribe } from "node:diagnostics_channel";
import { metrics } from "@opentelemetry/api";
import type { Semaphore } from "semaphore-guard";
import {
  ACQUIRE_CHANNEL,
  observe,
  REFUSE_CHANNEL,
  type AcquireEvent,
  type RefuseEvent,
} from "semaphore-guard/diagnostics";

const meter = metrics.getMeter("semaphore-guard");

// Once a process: every semaphore that is observed publishes here.
const waits = meter.createHistogram("semaphore.wait.duration", { unit: "ms" });
const refusals = meter.createCounter("semaphore.refusals");
subscribe(ACQUIRE_CHANNEL, (event) => {
  const { name, waited } = event as AcquireEvent;
  waits.record(waited, { "semaphore.name": name });
});
subscribe(REFUSE_CHANNEL, (event) => {
  const { name, reason } = event as RefuseEvent;
  const error = (reason as Error | undefined)?.name ?? "busy";
  refusals.add(1, { "semaphore.name": name, "error.type": error });
});

const inUse = meter.createObservableGauge("semaphore.permits.in_use");
const pending = meter.createObservableGauge("semaphore.waiters");

// Once a semaphore.
export function measure(semaphore: Semaphore, name: string): void {
  const attributes = { "semaphore.name": name };
  observe(semaphore, { name });
  inUse.addCallback((result) => {
    result.observe(semaphore.inUse, attributes);
  });
  pending.addCallback((result) => {
    result.observe(semaphore.pending, attributes);
  });
}

/**
 * Threads that share the permits of a semaphore: by shared memory, and by
 * messages to a semaphore of the main thread. Prints the time of one acquire and
 * release, the median of `--samples` runs.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { Semaphore, type Permit } from "semaphore-guard";
import { SharedSemaphore } from "semaphore-guard/threads";
import type { Work } from "./worker.js";

const { values } = parseArgs({
  options: {
    samples: { type: "string", default: "5" },
    /** How often each caller goes in and out. */
    rounds: { type: "string", default: "5000" },
  },
});

interface Case {
  title: string;
  threads: number;
  callers: number;
  limit: number;
}

const cases: readonly Case[] = [
  { title: "a permit always free", threads: 1, callers: 1, limit: 4 },
  { title: "two threads take turns", threads: 2, callers: 1, limit: 1 },
  { title: "four threads, limit 2", threads: 4, callers: 1, limit: 2 },
  {
    title: "four threads of 16 callers, limit 8",
    threads: 4,
    callers: 16,
    limit: 8,
  },
];

console.log("| case | shared memory | messages | ratio |");
console.log("| --- | ---: | ---: | ---: |");
for (const measured of cases) {
  const shared = await median(() => time(measured, startShared));
  const messages = await median(() => time(measured, startMessaging));
  const cells = [shared, messages].map((us) => `${us.toFixed(1)} µs`);
  const ratio = (messages / shared).toFixed(1);
  console.log(`| ${[measured.title, ...cells, ratio].join(" | ")} |`);
}

type Start = (work: Work, limit: number, threads: number) => Worker[];

/** Microseconds of one acquire and release. */
async function time(
  { threads, callers, limit }: Case,
  start: Start,
): Promise<number> {
  const rounds = Number(values.rounds);
  const workers = start({ callers, rounds }, limit, threads);
  await Promise.all(workers.map((worker) => told(worker, "ready")));
  const ends = workers.map((worker) => told(worker, "done"));
  const exits = workers.map((worker) => once(worker, "exit"));
  const from = performance.now();
  for (const worker of workers) worker.postMessage("go");
  await Promise.all(ends);
  const milliseconds = performance.now() - from;
  await Promise.all(exits);
  return (1000 * milliseconds) / (threads * callers * rounds);
}

function startShared(work: Work, limit: number, threads: number): Worker[] {
  const semaphore = new SharedSemaphore(limit);
  return Array.from({ length: threads }, () =>
    semaphore.share((handle) => startWorker({ ...work, handle })),
  );
}

function startMessaging(work: Work, limit: number, threads: number): Worker[] {
  const semaphore = new Semaphore(limit);
  return Array.from({ length: threads }, () => {
    const worker = startWorker(work);
    const permits: Permit[] = [];
    worker.on("message", (message) => {
      if (message === "release") permits.pop()!.release();
      if (message !== "acquire") return;
      void semaphore.acquire().then((permit) => {
        permits.push(permit);
        worker.postMessage("granted");
      });
    });
    return worker;
  });
}

function startWorker(workerData: Work): Worker {
  return new Worker(new URL("worker.js", import.meta.url), { workerData });
}

function told(worker: Worker, what: string): Promise<void> {
  return new Promise((resolve) => {
    worker.on("message", (message) => {
      if (message === what) resolve();
    });
  });
}

async function median(sample: () => Promise<number>): Promise<number> {
  const samples: number[] = [];
  for (let n = 0; n < Number(values.samples); n++) samples.push(await sample());
  return samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)]!;
}

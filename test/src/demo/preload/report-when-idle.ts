import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { IdleReport } from "../idle-report.js";
import { mostFetches } from "./failing-fetch.js";
import { freePermits, type Limiter } from "./free-permits.js";

/** The sample's status module, next to its entry. */
interface Status {
  jobs: IdleReport["jobs"];
  limiters: { name: string; limit: number; semaphore: Limiter }[];
}

const reportDescriptor = 3;

// Node emits beforeExit exactly when its event loop has nothing left to do.
process.once("beforeExit", () => {
  void report();
});

async function report(): Promise<void> {
  const entry = pathToFileURL(process.argv[1] ?? "");
  const status = (await import(new URL("status.js", entry).href)) as Status;
  const idle: IdleReport = {
    jobs: status.jobs,
    limiters: status.limiters.map(({ name, limit, semaphore }) => ({
      name,
      limit,
      free: freePermits(semaphore),
    })),
    mostFetches: mostFetches(),
  };
  writeSync(reportDescriptor, JSON.stringify(idle));
}

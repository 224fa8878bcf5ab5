import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Batch, type Counterexample, smallest } from "./batch.js";
import { addTally, newTally, type Tally } from "./tally.js";

export interface OracleOptions {
  readonly seed: number;
  readonly runs: number;
  /** Counterexamples to shrink and keep; those after them are only counted. */
  readonly keep: number;
}

const batchSize = 200;

/**
 * Judges programs drawn from the grammar, the same ones for the same seed, on
 * every core there is.
 */
export async function runOracle({ seed, runs, keep }: OracleOptions): Promise<{
  tally: Tally;
  counterexamples: Counterexample[];
}> {
  const batches: Batch[] = [];
  for (let start = 0; start < runs; start += batchSize) {
    const numRuns = Math.min(batchSize, runs - start);
    batches.push({ seed: seed + start, numRuns });
  }
  const tally = newTally();
  const failed: Batch[] = [];
  const queue = batches.values();
  const workers = Math.min(availableParallelism(), batches.length);
  await Promise.all(Array.from({ length: workers }, judgeFromQueue));
  failed.sort((a, b) => a.seed - b.seed);
  const counterexamples: Counterexample[] = [];
  for (const batch of failed.slice(0, keep)) {
    counterexamples.push(await smallest(batch));
  }
  return { tally, counterexamples };

  async function judgeFromQueue(): Promise<void> {
    const worker = new Worker(new URL("./batch-worker.js", import.meta.url));
    try {
      for (const batch of queue) {
        worker.postMessage(batch);
        const [part] = (await once(worker, "message")) as [Tally];
        addTally(tally, part);
        if (part.falsePositives + part.falseNegatives > 0) failed.push(batch);
      }
    } finally {
      await worker.terminate();
    }
  }
}

/** Tells a counterexample so that it can be followed by reading. */
export function describeCounterexample({
  code,
  disagreement: { kind, fault, site, path, message },
}: Counterexample): string {
  return [
    `${kind}, ${fault}, at line ${site.line}, \`${site.text}\``,
    message === undefined ? "the rule is silent" : `the rule says: ${message}`,
    ...(path
      ? ["it goes wrong when", ...path.decisions.map((each) => `  ${each}`)]
      : ["it never goes wrong"]),
    "",
    code,
  ].join("\n");
}

import {
  type Batch,
  batchesOf,
  onEveryCore,
} from "../support/on-every-core.js";
import { type Counterexample, smallest } from "./batch.js";
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
  const tally = newTally();
  const failed: Batch[] = [];
  await onEveryCore(
    new URL("./batch-worker.js", import.meta.url),
    batchesOf(seed, runs, batchSize),
    (answer, batch) => {
      const part = answer as Tally;
      addTally(tally, part);
      if (part.falsePositives + part.falseNegatives > 0) failed.push(batch);
    },
  );
  failed.sort((a, b) => a.seed - b.seed);
  const counterexamples: Counterexample[] = [];
  for (const batch of failed.slice(0, keep)) {
    counterexamples.push(await smallest(batch));
  }
  return { tally, counterexamples };
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

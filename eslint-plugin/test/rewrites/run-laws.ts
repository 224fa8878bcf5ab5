import {
  type Batch,
  batchesOf,
  onEveryCore,
} from "../support/on-every-core.js";
import { smallest, type Tally, type Violation } from "./batch.js";

export interface LawOptions {
  readonly seed: number;
  readonly runs: number;
  /** Violations to shrink and keep; those after them are only counted. */
  readonly keep: number;
}

const batchSize = 200;

/** Puts every rewrite of generated programs to every law, on every core. */
export async function runLaws({
  seed,
  runs,
  keep,
}: LawOptions): Promise<{ tally: Tally | undefined; violations: Violation[] }> {
  let tally: Tally | undefined;
  const failed: Batch[] = [];
  await onEveryCore(
    new URL("./batch-worker.js", import.meta.url),
    batchesOf(seed, runs, batchSize),
    (answer, batch) => {
      const part = answer as Tally;
      tally = tally ? sum(tally, part) : part;
      if (part.violations > 0) failed.push(batch);
    },
  );
  failed.sort((a, b) => a.seed - b.seed);
  const violations: Violation[] = [];
  for (const batch of failed.slice(0, keep)) {
    violations.push(await smallest(batch));
  }
  return { tally, violations };
}

function sum(
  { kinds: a, ...ones }: Tally,
  { kinds: b, ...others }: Tally,
): Tally {
  return { ...added(ones, others), kinds: added(a, b) };
}

function added<Counts extends Record<string, number>>(
  a: Counts,
  b: Counts,
): Counts {
  const total: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) {
    total[name] = (total[name] ?? 0) + count;
  }
  return total as Counts;
}

/** Tells a violation so that it can be followed by reading. */
export function describeViolation(violation: Violation): string {
  const { code, output, kind, what } = violation;
  return `${kind} ${what}\n\n${code}\nis rewritten as\n\n${output}`;
}

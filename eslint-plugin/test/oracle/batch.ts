import fc from "fast-check";
import type { Batch } from "../support/on-every-core.js";
import { program } from "./grammar/program-grammar.js";
import { type Disagreement, judge } from "./judge.js";
import type { Parser } from "./rule-verdict.js";
import { count, newTally, type Tally } from "./tally.js";

/** A program on which rule and truth differ, as small as it could be made. */
export interface Counterexample {
  readonly code: string;
  readonly disagreement: Disagreement;
}

/** Judges every program of a batch. */
export async function judgeBatch(batch: Batch): Promise<Tally> {
  const tally = newTally();
  for (const code of fc.sample(program, batch)) {
    count(tally, code, await judge(code, parserFor(tally.programs)));
  }
  return tally;
}

/** One program in so many is parsed as TypeScript, which takes longer. */
function parserFor(index: number): Parser {
  return index % 20 === 0 ? "typescript" : "espree";
}

/** The smallest program near the first of a batch on which the two differ. */
export async function smallest(batch: Batch): Promise<Counterexample> {
  let found: Counterexample | undefined;
  const agrees = fc.asyncProperty(program, async (code) => {
    const [disagreement] = (await judge(code, "espree")).disagreements;
    if (disagreement) found = { code, disagreement };
    return !disagreement;
  });
  const { counterexample } = await fc.check(agrees, batch);
  if (!found) throw new Error(`Seed ${batch.seed}: it depends on the parser`);
  const code = counterexample?.[0] ?? found.code;
  const [disagreement] = (await judge(code, "espree")).disagreements;
  return { code, disagreement: disagreement! };
}

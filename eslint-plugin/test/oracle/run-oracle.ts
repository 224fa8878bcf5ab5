import fc from "fast-check";
import { program } from "./grammar/program-grammar.js";
import { type Disagreement, judge } from "./judge.js";
import type { Parser } from "./rule-verdict.js";
import type { Truth } from "./run-program.js";

/** What came of a run of the oracle. */
export interface Tally {
  programs: number;
  acquires: number;
  /** Acquires that leak in truth. */
  leaks: number;
  paths: number;
  falsePositives: number;
  falseNegatives: number;
  silentByDesign: number;
  undecided: number;
  unreached: number;
  doubleReleases: number;
  releasesWithoutAcquire: number;
}

/** A program on which rule and truth differ, as small as it could be made. */
export interface Counterexample {
  readonly code: string;
  readonly disagreement: Disagreement;
}

export interface OracleOptions {
  readonly seed: number;
  readonly runs: number;
  /** Counterexamples to shrink and keep; those after them are only counted. */
  readonly keep: number;
}

/** Programs that are drawn from one seed. */
const batch = 200;

/** Judges programs drawn from the grammar, the same ones for the same seed. */
export async function runOracle({ seed, runs, keep }: OracleOptions): Promise<{
  tally: Tally;
  counterexamples: Counterexample[];
}> {
  const tally = newTally();
  const counterexamples: Counterexample[] = [];
  for (let start = 0; start < runs; start += batch) {
    const draw = { seed: seed + start, numRuns: Math.min(batch, runs - start) };
    let failed = false;
    for (const code of fc.sample(program, draw)) {
      const { truth, disagreements, setAside } = await judge(
        code,
        parserFor(tally.programs),
      );
      count(tally, truth, disagreements);
      tally.silentByDesign += setAside.silentByDesign;
      tally.undecided += setAside.undecided;
      tally.unreached += setAside.unreached;
      failed ||= disagreements.length > 0;
    }
    if (failed && counterexamples.length < keep) {
      counterexamples.push(await smallest(draw));
    }
  }
  return { tally, counterexamples };
}

/** One program in so many is parsed as TypeScript, which takes longer. */
function parserFor(index: number): Parser {
  return index % 20 === 0 ? "typescript" : "espree";
}

async function smallest(draw: {
  seed: number;
  numRuns: number;
}): Promise<Counterexample> {
  let found: Counterexample | undefined;
  const agrees = fc.asyncProperty(program, async (code) => {
    const [disagreement] = (await judge(code, "espree")).disagreements;
    if (disagreement) found = { code, disagreement };
    return !disagreement;
  });
  const { counterexample } = await fc.check(agrees, draw);
  if (!found) throw new Error(`Seed ${draw.seed}: it depends on the parser`);
  const code = counterexample?.[0] ?? found.code;
  const [disagreement] = (await judge(code, "espree")).disagreements;
  return { code, disagreement: disagreement! };
}

function newTally(): Tally {
  return {
    programs: 0,
    acquires: 0,
    leaks: 0,
    paths: 0,
    falsePositives: 0,
    falseNegatives: 0,
    silentByDesign: 0,
    undecided: 0,
    unreached: 0,
    doubleReleases: 0,
    releasesWithoutAcquire: 0,
  };
}

function count(
  tally: Tally,
  truth: Truth,
  disagreements: readonly Disagreement[],
): void {
  tally.programs++;
  tally.acquires += truth.sites.length;
  tally.paths += truth.paths;
  if (truth.releaseWithoutAcquire) tally.releasesWithoutAcquire++;
  for (const { leak, doubleRelease } of truth.sites) {
    if (leak) tally.leaks++;
    if (doubleRelease) tally.doubleReleases++;
  }
  for (const { kind } of disagreements) {
    if (kind === "false positive") tally.falsePositives++;
    else tally.falseNegatives++;
  }
}

/** Tells a counterexample so that it can be followed by reading. */
export function describeCounterexample({
  code,
  disagreement: { kind, site, message },
}: Counterexample): string {
  return [
    `${kind} at line ${site.line}, \`${site.text}\``,
    message === undefined ? "the rule is silent" : `the rule says: ${message}`,
    ...(site.leak
      ? ["it leaks when", ...site.leak.decisions.map((each) => `  ${each}`)]
      : ["it never leaks"]),
    "",
    code,
  ].join("\n");
}

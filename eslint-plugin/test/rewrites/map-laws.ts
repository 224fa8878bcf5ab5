import * as parser from "@typescript-eslint/parser";
import fc from "fast-check";
import {
  type Load,
  mapDifference,
  type Watched,
  watchable,
} from "./map-behaviour.js";
import { type MapProgram, mapProgram } from "./map-grammar.js";
import {
  lintProgram,
  offeredRewrites,
  type Program,
  type Rewrite,
} from "./offered-rewrites.js";
import { textViolations } from "./text-laws.js";
import { newTypeErrors, typeErrors } from "./type-check.js";

/** A rewrite that breaks a law. */
export interface MapViolation {
  readonly code: string;
  readonly output: string;
  readonly kind: string;
  readonly what: string;
}

/** What came of putting bounded maps to the laws. */
export interface MapTally {
  programs: number;
  /** Runs of a program or of its rewrite. */
  runs: number;
  /** Rewrites into each package. */
  readonly into: Record<string, number>;
  readonly violations: MapViolation[];
}

/** What a program may be rewritten into, ours first. */
export const targets = [
  "semaphore-guard",
  "p-map",
  "p-limit",
  "async",
] as const;

/** The limit that rewrites begin with. */
const limit = 10;

const loads: fc.Arbitrary<Load> = fc.record({
  count: fc.oneof(fc.nat(10), fc.nat(25)),
  turns: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
  failing: fc.option(fc.nat(12), { freq: 3, nil: undefined }),
});

interface Offered {
  readonly target: string;
  readonly source: MapProgram["source"];
  readonly rewrite: Rewrite;
}

/**
 * Puts every rewrite of generated maps, into every package, to the laws: it
 * parses, is no longer reported and reports nothing new, type-checks against the
 * packages' own declarations, and does the same with the packages as installed.
 */
export async function tryMaps(seed: number, runs: number): Promise<MapTally> {
  const tally: MapTally = { programs: 0, runs: 0, into: {}, violations: [] };
  const offered: Offered[] = [];
  for (const { code, source } of fc.sample(mapProgram, {
    seed,
    numRuns: runs,
  })) {
    tally.programs++;
    for (const target of targets) {
      const program: Program = {
        code,
        filename: "program.ts",
        languageOptions: {
          parser,
          ecmaVersion: "latest",
          sourceType: "module",
        },
        rules: {
          "no-unbounded-promise-all": [
            "error",
            { evidence: "any", limiter: target },
          ],
        },
      };
      const linted = lintProgram(program);
      for (const rewrite of offeredRewrites(program, linted)) {
        tally.into[target] = (tally.into[target] ?? 0) + 1;
        offered.push({ target, source, rewrite });
        const { violations } = textViolations(rewrite, linted);
        for (const what of violations) blame({ target, source, rewrite }, what);
      }
    }
  }
  for (const each of offered) await execute(each);
  checkTypes();
  return tally;

  function blame({ target, rewrite }: Offered, what: string): void {
    const { program, output } = rewrite;
    tally.violations.push({ code: program.code, output, kind: target, what });
  }

  async function execute(each: Offered): Promise<void> {
    const { source, rewrite } = each;
    const before = watchable(rewrite.program.code, source);
    const after = watchable(rewrite.output, source);
    for (const load of fc.sample(loads, { seed, numRuns: 3 })) {
      const runs: Watched[] = [await before(load), await after(load)];
      tally.runs += runs.length;
      const what = mapDifference(runs[0]!, runs[1]!, load, limit);
      if (what !== undefined) {
        blame(each, `${what}, with ${JSON.stringify(load)}`);
        return;
      }
    }
  }

  function checkTypes(): void {
    const befores = [
      ...new Set(offered.map(({ rewrite }) => rewrite.program.code)),
    ];
    const afters = offered.map(({ rewrite }) => rewrite.output);
    const errors = typeErrors([...befores, ...afters], ".mts");
    for (const [at, each] of offered.entries()) {
      const old = errors[befores.indexOf(each.rewrite.program.code)]!;
      const now = errors[befores.length + at]!;
      for (const what of newTypeErrors(old, now)) blame(each, what);
    }
  }
}

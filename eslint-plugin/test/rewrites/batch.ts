import * as parser from "@typescript-eslint/parser";
import fc from "fast-check";
import type { Batch } from "../support/on-every-core.js";
import { instrument } from "../oracle/instrument.js";
import { program as programs } from "../oracle/grammar/program-grammar.js";
import { behavioursOf, changedBehaviour, slowNames } from "./behaviour.js";
import {
  fixProgram,
  type Linted,
  lintProgram,
  offeredRewrites,
  type Program,
  type Rewrite,
} from "./offered-rewrites.js";
import { tryMaps } from "./map-laws.js";
import { textViolations } from "./text-laws.js";
import { newTypeErrors, typeErrors } from "./type-check.js";
import { typedProgram } from "./typed-program.js";

/** What came of putting the rewrites of generated programs to the laws. */
export interface Tally {
  programs: number;
  reports: number;
  /** Reports for which at least one rewrite was offered. */
  reportsWithRewrite: number;
  rewrites: number;
  /** Rewrites of programs in TypeScript that were type-checked. */
  typed: number;
  /** Programs whose `Promise.all` is to be bounded. */
  maps: number;
  /** Runs of these and of their rewrites, with the packages themselves. */
  mapRuns: number;
  paths: number;
  violations: number;
  /** How many rewrites there were of each kind. */
  kinds: Record<string, number>;
}

/** A rewrite that breaks a law, of a program as small as it could be made. */
export interface Violation {
  readonly code: string;
  readonly output: string;
  readonly kind: string;
  readonly what: string;
}

/** One of them is put into the options of each program. */
const forms = ["using", "scoped", "finally"] as const;

/** To so many programs there is one whose `Promise.all` is to be bounded. */
const mapEvery = 50;

/** Of so many programs one is written in TypeScript as well. */
const typedEvery = 20;

/** Paths of a program after which no more are run. */
const maxPaths = 120;

/** Puts every rewrite of a batch of programs to every law. */
export async function tryBatch(batch: Batch): Promise<Tally> {
  const tally = newTally();
  const codes = fc.sample(programs, batch);
  for (const code of codes) {
    const found = await violationsIn(code, tally);
    tally.programs++;
    tally.violations += found.length;
  }
  const typed = codes.filter((_, at) => at % typedEvery === 0);
  tally.violations += typeViolationsIn(typed, tally).length;
  const { into, ...maps } = await tryMaps(batch.seed, mapsIn(batch));
  tally.maps = maps.programs;
  tally.mapRuns = maps.runs;
  tally.violations += maps.violations.length;
  for (const [name, count] of Object.entries(into)) {
    tally.kinds[`no-unbounded-promise-all: into ${name}`] = count;
  }
  return tally;
}

export function newTally(): Tally {
  return {
    programs: 0,
    reports: 0,
    reportsWithRewrite: 0,
    rewrites: 0,
    typed: 0,
    maps: 0,
    mapRuns: 0,
    paths: 0,
    violations: 0,
    kinds: {},
  };
}

function mapsIn({ numRuns }: Batch): number {
  return Math.ceil(numRuns / mapEvery);
}

/**
 * The type errors that rewrites bring about in programs that are written in
 * TypeScript. All are checked together, since that is what makes it cheap.
 */
function typeViolationsIn(
  codes: readonly string[],
  tally?: Tally,
): Violation[] {
  const rewrites = codes.flatMap((each) => {
    const program: Program = {
      code: typedProgram(each),
      languageOptions: { parser, ecmaVersion: "latest", sourceType: "module" },
      filename: "program.ts",
    };
    return offeredRewrites(program, lintProgram(program));
  });
  if (tally) tally.typed += rewrites.length;
  if (rewrites.length === 0) return [];
  const befores = [...new Set(rewrites.map(({ program }) => program.code))];
  const afters = rewrites.map(({ output }) => output);
  const errors = typeErrors([...befores, ...afters], ".mts");
  return rewrites.flatMap(({ program: { code }, output, kind }, at) =>
    newTypeErrors(
      errors[befores.indexOf(code)]!,
      errors[befores.length + at]!,
    ).map((what) => ({ code, output, kind, what })),
  );
}

/** A rewrite of a program, as small as can be, near the first that fails. */
export async function smallest(batch: Batch): Promise<Violation> {
  let found: Violation | undefined;
  const holds = fc.asyncProperty(programs, async (code) => {
    const violation = await violationIn(code);
    if (violation) found = violation;
    return !violation;
  });
  const { counterexample } = await fc.check(holds, batch);
  const [code] = counterexample ?? [];
  if (code !== undefined) return (await violationIn(code)) ?? found!;
  const { violations } = await tryMaps(batch.seed, mapsIn(batch));
  return violations[0]!;
}

async function violationIn(code: string): Promise<Violation | undefined> {
  const [violation] = await violationsIn(code);
  return violation ?? typeViolationsIn([code])[0];
}

/** The laws that the rewrites of one program break, when it is run as well. */
export async function violationsIn(
  code: string,
  tally?: Tally,
): Promise<Violation[]> {
  const program: Program = {
    code,
    languageOptions: { ecmaVersion: "latest", sourceType: "commonjs" },
  };
  const linted = lintProgram(program);
  const rewrites = offeredRewrites(program, linted);
  if (tally) count(tally, linted, rewrites);
  if (rewrites.length === 0) return [];

  const slow = slowNames(linted.sourceCode);
  const { sites } = instrument(linted.sourceCode);
  const before = await behavioursOf(linted.sourceCode, slow, maxPaths);
  const violations: Violation[] = [];
  for (const { output, kind, message, ...rewrite } of rewrites) {
    const { violations: found, after } = textViolations(
      { output, kind, message, ...rewrite },
      linted,
    );
    if (found.length === 0) {
      const now = await behavioursOf(after.sourceCode, slow, maxPaths);
      if (tally) tally.paths += now.length;
      const site = sites.findIndex(
        ({ line, column }) =>
          line === message.line && column === message.column - 1,
      );
      const change = changedBehaviour(
        before,
        now,
        site === -1 ? undefined : site,
      );
      if (change !== undefined) found.push(change);
    }
    violations.push(...found.map((what) => ({ code, output, kind, what })));
  }
  const form = forms[code.length % forms.length]!;
  const output = fixProgram(program, form);
  if (output !== code) {
    const what =
      fixProgram(program, form, output) === output
        ? changedBehaviour(
            before,
            await behavioursOf(
              lintProgram(program, output).sourceCode,
              slow,
              maxPaths,
            ),
            undefined,
          )
        : "is fixed further by a second run";
    if (what !== undefined) {
      violations.push({ code, output, kind: `--fix into ${form}:`, what });
    }
  }
  return violations;
}

function count(
  tally: Tally,
  { messages }: Linted,
  rewrites: readonly Rewrite[],
): void {
  tally.reports += messages.length;
  tally.reportsWithRewrite += new Set(
    rewrites.map(({ message }) => message),
  ).size;
  tally.rewrites += rewrites.length;
  for (const { message, kind } of rewrites) {
    const name = `${message.ruleId?.split("/").at(-1)}: ${kind}`;
    tally.kinds[name] = (tally.kinds[name] ?? 0) + 1;
  }
}

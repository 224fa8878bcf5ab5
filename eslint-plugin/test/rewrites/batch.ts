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
import { textViolations } from "./text-laws.js";

/** What came of putting the rewrites of generated programs to the laws. */
export interface Tally {
  programs: number;
  reports: number;
  /** Reports for which at least one rewrite was offered. */
  reportsWithRewrite: number;
  rewrites: number;
  paths: number;
  violations: number;
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

/** Paths of a program after which no more are run. */
const maxPaths = 120;

/** Puts every rewrite of a batch of programs to every law. */
export async function tryBatch(batch: Batch): Promise<Tally> {
  const tally: Tally = {
    programs: 0,
    reports: 0,
    reportsWithRewrite: 0,
    rewrites: 0,
    paths: 0,
    violations: 0,
  };
  for (const code of fc.sample(programs, batch)) {
    const found = await violationsIn(code, tally);
    tally.programs++;
    tally.violations += found.length;
  }
  return tally;
}

/** A rewrite of a program, as small as can be, near the first that fails. */
export async function smallest(batch: Batch): Promise<Violation> {
  let found: Violation | undefined;
  const holds = fc.asyncProperty(programs, async (code) => {
    const [violation] = await violationsIn(code);
    if (violation) found = violation;
    return !violation;
  });
  const { counterexample } = await fc.check(holds, batch);
  const [violation] = await violationsIn(counterexample?.[0] ?? found!.code);
  return violation!;
}

async function violationsIn(code: string, tally?: Tally): Promise<Violation[]> {
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
}

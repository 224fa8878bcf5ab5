import type { TSESLint } from "@typescript-eslint/utils";
import { explore } from "../oracle/decision-script.js";
import { instrument } from "../oracle/instrument.js";
import { ProgramPath } from "../oracle/program-path.js";
import { compile } from "../oracle/run-program.js";

/** What happens on one path through a program. */
export interface Behaviour {
  /** The decisions that make this path, by their numbers. */
  readonly choices: readonly number[];
  readonly decisions: readonly string[];
  readonly effects: readonly string[];
  readonly result: string;
  /** Whether something threw, at least for a while. */
  readonly hasThrown: boolean;
  /** The sites whose permits are left held with nobody to release them. */
  readonly leaked: readonly number[];
  /** Releases that gave away what somebody else holds. */
  readonly misuses: number;
}

/** Runs a program on every path, up to so many of them. */
export async function behavioursOf(
  sourceCode: TSESLint.SourceCode,
  slow: ReadonlySet<string>,
  maxPaths: number,
): Promise<Behaviour[]> {
  const compiled = compile(sourceCode, slow);
  const behaviours: Behaviour[] = [];
  await explore(async (script) => {
    const path = new ProgramPath(compiled, script);
    await path.run();
    behaviours.push({
      choices: script.decisions.map(({ choice }) => choice),
      decisions: script.decisions.map(({ outcome }) => outcome),
      effects: path.effects,
      result: path.result,
      hasThrown: path.hasThrown || path.isCutOff,
      leaked: path.leaked.map(({ site }) => site),
      misuses: path.ledger.misuses.filter(({ isHarmless }) => !isHarmless)
        .length,
    });
  }, maxPaths);
  return behaviours;
}

/** The unknown functions of a program whose answer it waits for. */
export function slowNames(
  sourceCode: TSESLint.SourceCode,
): ReadonlySet<string> {
  const { points } = instrument(sourceCode);
  const awaited = points.filter(({ isAwaited }) => isAwaited);
  return new Set(["save", "notify", ...awaited.map(({ name }) => name)]);
}

/**
 * What a rewrite changes that it must not, on the first path on which it does.
 * Where nothing throws and no permit is leaked or given back twice, the same
 * happens in the same order, acquires and releases included, so that as much
 * runs at once as before. On the other paths all but the releases is the same.
 * Nothing is leaked that was not before, at the rewritten site nothing at all.
 */
export function changedBehaviour(
  before: readonly Behaviour[],
  after: readonly Behaviour[],
  site: number | undefined,
): string | undefined {
  // A second release may make up for a permit that was leaked in the round
  // before: who removes it is not to blame for the leak.
  const excused =
    site === undefined ? before.flatMap(({ leaked }) => leaked) : [];
  for (const [at, old] of before.entries()) {
    const now = after[at];
    const change = now ? difference(old, now, site, excused) : "a path is gone";
    if (change !== undefined) {
      return [change, "when", ...old.decisions.map((each) => `  ${each}`)].join(
        "\n",
      );
    }
  }
  return after.length > before.length ? "there are more paths" : undefined;
}

function difference(
  before: Behaviour,
  after: Behaviour,
  site: number | undefined,
  excused: readonly number[],
): string | undefined {
  const newlyLeaked = after.leaked.filter(
    (each) => each === site || ![...before.leaked, ...excused].includes(each),
  );
  if (newlyLeaked.length > 0)
    return `leaks what site ${newlyLeaked[0]} acquired`;
  if (after.misuses > before.misuses) return "releases what it doesn't hold";
  if (after.result !== before.result) {
    return `${after.result} where it did: ${before.result}`;
  }
  const isExact =
    !before.hasThrown &&
    before.leaked.length === 0 &&
    excused.length === 0 &&
    before.misuses === 0;
  const shown = (effects: readonly string[]) =>
    isExact ? effects : effects.filter((each) => !each.startsWith("releases"));
  const old = shown(before.effects);
  const now = shown(after.effects);
  const at = old.findIndex((each, index) => each !== now[index]);
  if (at !== -1) return `${now[at] ?? "ends"} where it did: ${old[at]!}`;
  return now.length > old.length ? `then ${now[old.length]!}` : undefined;
}

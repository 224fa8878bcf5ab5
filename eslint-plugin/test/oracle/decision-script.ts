/** One decision taken on a path: what was asked, and what came of it. */
export interface Decision {
  readonly outcome: string;
  readonly choice: number;
  readonly choices: number;
}

/**
 * The answers to everything a program leaves open on one path. The first
 * answers are given; after them every question gets its first answer.
 */
export class DecisionScript {
  readonly decisions: Decision[] = [];
  readonly #given: readonly number[];

  constructor(given: readonly number[]) {
    this.#given = given;
  }

  /** Takes one of several outcomes, each named by what happens then. */
  choose(outcomes: readonly string[]): number {
    const choice = this.#given[this.decisions.length] ?? 0;
    this.decisions.push({
      outcome: outcomes[choice]!,
      choice,
      choices: outcomes.length,
    });
    return choice;
  }

  /** The answers that lead to the next path in depth-first order, if any. */
  next(): number[] | undefined {
    const last = this.decisions.findLastIndex(
      ({ choice, choices }) => choice + 1 < choices,
    );
    if (last < 0) return undefined;
    const answers = this.decisions.slice(0, last + 1);
    return answers.map(({ choice }, at) => (at === last ? choice + 1 : choice));
  }
}

/** How far an exploration came. */
export interface Exploration {
  readonly paths: number;
  /** Whether no path was left out. */
  readonly complete: boolean;
}

/** Calls `run` with one script after another until every path has been run. */
export async function explore(
  run: (script: DecisionScript) => Promise<void>,
  maxPaths: number,
): Promise<Exploration> {
  let given: number[] | undefined = [];
  for (let paths = 0; paths < maxPaths; paths++) {
    const script: DecisionScript = new DecisionScript(given);
    await run(script);
    given = script.next();
    if (!given) return { paths: paths + 1, complete: true };
  }
  return { paths: maxPaths, complete: false };
}

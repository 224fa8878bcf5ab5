import { type Parser, type Verdict, verdictOn } from "./rule-verdict.js";
import { runProgram, type SiteTruth, type Truth } from "./run-program.js";

/** An acquire about which the rule and the truth differ. */
export interface Disagreement {
  readonly kind: "false positive" | "false negative";
  readonly site: SiteTruth;
  /** What the rule says there, if anything. */
  readonly message: string | undefined;
}

/** A program with the truth about it and how the rule stands to that. */
export interface Judgement {
  readonly truth: Truth;
  readonly verdict: Verdict;
  readonly disagreements: readonly Disagreement[];
  /** Acquires that were left out of the comparison, by the reason for it. */
  readonly setAside: {
    /** Leaks that the rule passes over by design. */
    readonly silentByDesign: number;
    /** Acquires of a program with too many paths to know of all. */
    readonly undecided: number;
    /** Acquires that no path comes to. */
    readonly unreached: number;
  };
}

/** Runs a program, lints it and compares. */
export async function judge(code: string, parser: Parser): Promise<Judgement> {
  const verdict = verdictOn(code, parser);
  const truth = await runProgram(verdict.sourceCode);
  const disagreements: Disagreement[] = [];
  const setAside = { silentByDesign: 0, undecided: 0, unreached: 0 };
  for (const site of truth.sites) {
    const message = verdict.reported.get(`${site.line}:${site.column}`);
    if (isLeaky(site) === (message !== undefined)) continue;
    if (message !== undefined) {
      if (!truth.complete) setAside.undecided++;
      else if (!site.acquired) setAside.unreached++;
      else disagreements.push({ kind: "false positive", site, message });
    } else if (site.gathers || (site.byReceiver && !site.released)) {
      setAside.silentByDesign++;
    } else {
      disagreements.push({ kind: "false negative", site, message });
    }
  }
  return { truth, verdict, disagreements, setAside };
}

/**
 * Whether a leak is one that the rule means to report: where the permit is
 * handed on, it passes over paths that need an ordinary call to throw.
 */
export function isLeaky({ leak, isHandedOn }: SiteTruth): boolean {
  return leak !== undefined && !(isHandedOn && leak.needsCallThrow);
}

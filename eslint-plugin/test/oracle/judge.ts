import {
  type Parser,
  placeOf,
  type Verdict,
  verdictOn,
} from "./rule-verdict.js";
import {
  type BadPath,
  runProgram,
  type SiteTruth,
  type Truth,
} from "./run-program.js";

/** What may be wrong with the way in which a permit is used. */
export type Fault = "double release" | "leak" | "vain release";

/** An acquire about which the analysis and the truth differ. */
export interface Disagreement {
  readonly kind: "false positive" | "false negative";
  readonly fault: Fault;
  readonly site: SiteTruth;
  /** A path on which it goes wrong, if there is one. */
  readonly path: BadPath | undefined;
  /** What the rule says there, if anything. */
  readonly message: string | undefined;
}

/** A program with the truth about it and how the analysis stands to that. */
export interface Judgement {
  readonly truth: Truth;
  readonly verdict: Verdict;
  readonly disagreements: readonly Disagreement[];
  /** Acquires that were left out of the comparison, by the reason for it. */
  readonly setAside: {
    /** Faults that the analysis passes over by design. */
    readonly silentByDesign: number;
    /** Acquires of a program with too many paths to know of all. */
    readonly undecided: number;
    /** Acquires that no path comes to. */
    readonly unreached: number;
  };
}

/** Runs a program, analyses it and compares. */
export async function judge(code: string, parser: Parser): Promise<Judgement> {
  const verdict = verdictOn(code, parser);
  const truth = await runProgram(verdict.sourceCode);
  const disagreements: Disagreement[] = [];
  const setAside = { silentByDesign: 0, undecided: 0, unreached: 0 };
  for (const site of truth.sites) {
    const place = placeOf(site);
    const message = verdict.reported.get(place);
    compare("leak", site, isLeaky(site) ? site.leak : undefined, message);
    compare(
      "double release",
      site,
      site.doubleRelease,
      verdict.releasedTwice.has(place) ? "it is released twice" : undefined,
    );
    compare(
      "vain release",
      site,
      site.vainRelease,
      verdict.releasedInVain.has(place) ? "it is released in vain" : undefined,
    );
  }
  return { truth, verdict, disagreements, setAside };

  function compare(
    fault: Fault,
    site: SiteTruth,
    path: BadPath | undefined,
    message: string | undefined,
  ): void {
    if ((path !== undefined) === (message !== undefined)) return;
    if (message !== undefined) {
      if (!truth.complete) setAside.undecided++;
      else if (!site.acquired) setAside.unreached++;
      else
        disagreements.push({
          kind: "false positive",
          fault,
          site,
          path,
          message,
        });
    } else if (isSilentByDesign(fault, site)) {
      setAside.silentByDesign++;
    } else {
      disagreements.push({
        kind: "false negative",
        fault,
        site,
        path,
        message,
      });
    }
  }
}

/**
 * Whether somebody out of sight is taken to release, or to own what is released
 * here once more.
 */
function isSilentByDesign(
  fault: Fault,
  { byReceiver, gathers, isHandedOn, isLent, released }: SiteTruth,
): boolean {
  if (fault !== "leak") return isHandedOn;
  return gathers || ((byReceiver || isLent) && !released);
}

/**
 * Whether a leak is one that the rule means to report: where the permit is
 * handed on, it passes over paths that need an ordinary call to throw.
 */
export function isLeaky({ leak, isHandedOn }: SiteTruth): boolean {
  return leak !== undefined && !(isHandedOn && leak.needsCallThrow);
}

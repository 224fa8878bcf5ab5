import {
  addOccurrences,
  noOccurrences,
  noteProductions,
  type Occurrences,
} from "./grammar/productions.js";
import type { Disagreement, Judgement } from "./judge.js";

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
  vainReleases: number;
  releasesWithoutAcquire: number;
  /** How many programs have each production of the grammar in them. */
  readonly productions: Occurrences;
}

export function newTally(): Tally {
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
    vainReleases: 0,
    releasesWithoutAcquire: 0,
    productions: noOccurrences(),
  };
}

/** Adds one program to a tally. */
export function count(
  tally: Tally,
  code: string,
  { truth, disagreements, setAside }: Judgement,
): void {
  tally.programs++;
  noteProductions(code, tally.productions);
  tally.acquires += truth.sites.length;
  tally.paths += truth.paths;
  if (truth.releaseWithoutAcquire) tally.releasesWithoutAcquire++;
  for (const { leak, doubleRelease, vainRelease } of truth.sites) {
    if (leak) tally.leaks++;
    if (doubleRelease) tally.doubleReleases++;
    if (vainRelease) tally.vainReleases++;
  }
  for (const disagreement of disagreements) countOne(tally, disagreement);
  tally.silentByDesign += setAside.silentByDesign;
  tally.undecided += setAside.undecided;
  tally.unreached += setAside.unreached;
}

function countOne(tally: Tally, { kind }: Disagreement): void {
  if (kind === "false positive") tally.falsePositives++;
  else tally.falseNegatives++;
}

/** Adds one tally to another. */
export function addTally(sum: Tally, part: Tally): void {
  const { productions, ...counts } = part;
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
    sum[name] += counts[name];
  }
  addOccurrences(sum.productions, productions);
}

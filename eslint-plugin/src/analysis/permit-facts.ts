import type { TSESLint } from "@typescript-eslint/utils";
import { type AcquireSite, acquireSitesOf } from "./acquire-sites.js";
import { interpret, type Outcome } from "./interpreter.js";
import { type PermitEvents, permitEventsOf } from "./permit-events.js";
import type { FunctionNode } from "./tree.js";
import { variablesOf } from "./variables.js";

/** All that is known of the permit that one call acquires. */
export interface PermitFacts {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  /** Undefined where the function is too tangled to be judged. */
  readonly outcome: Outcome | undefined;
}

const siteCache = new WeakMap<TSESLint.SourceCode, readonly AcquireSite[]>();
const factCache = new WeakMap<TSESLint.SourceCode, readonly PermitFacts[]>();

/** The acquire calls in a file, in source order; cached. */
export function sitesIn(
  sourceCode: TSESLint.SourceCode,
): readonly AcquireSite[] {
  let sites = siteCache.get(sourceCode);
  if (!sites) {
    sites = acquireSitesOf(sourceCode, variablesOf(sourceCode));
    siteCache.set(sourceCode, sites);
  }
  return sites;
}

/**
 * The facts on every acquire call in a file whose permit is followed, in source
 * order; cached. What becomes of a promise that is passed on is not followed,
 * and what the top of a file holds, it holds for the life of the program.
 */
export function permitFactsOf(
  sourceCode: TSESLint.SourceCode,
): readonly PermitFacts[] {
  let facts = factCache.get(sourceCode);
  if (!facts) {
    facts = findFacts(sourceCode);
    factCache.set(sourceCode, facts);
  }
  return facts;
}

function findFacts(sourceCode: TSESLint.SourceCode): PermitFacts[] {
  const variables = variablesOf(sourceCode);
  const permits = sitesIn(sourceCode).flatMap((site) => {
    const { owner, use } = site;
    if (!owner || use === "promise") return [];
    const events = permitEventsOf(site, owner, sourceCode, variables);
    return [{ site, owner, events }];
  });
  return permits.map(({ site, owner, events }) => {
    const others = permits.filter(
      (other) => other.owner === owner && other.site !== site,
    );
    return {
      site,
      owner,
      events,
      outcome: interpret(site, owner, events, others, sourceCode, variables),
    };
  });
}

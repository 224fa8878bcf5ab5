import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { type AcquireSite, acquireSitesOf } from "./acquire-sites.js";
import { excerpt } from "./excerpt.js";
import { isReceiverConfined } from "./confined-receiver.js";
import { interpret, type Outcome } from "./interpreter.js";
import { type PermitEvents, permitEventsOf } from "./permit-events.js";
import { receiverReleasesOf } from "./receiver-release.js";
import type { States, Trail } from "./state.js";
import { compareSeverity, type ThrowSeverity } from "./throw-severity.js";
import type { FunctionNode } from "./tree.js";
import { mayReleaseDownstream } from "./then-chain.js";
import { variablesOf } from "./variables.js";

/** A permit that some path through its function leaves without releasing. */
export interface Leak {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  /** The acquiring call, where the leak is reported. */
  readonly acquire: TSESTree.CallExpression;
  /**
   * How the path leaves the function: something throws, a `return`, the end of
   * the function, or (`"repeat"`) it comes round to the same acquire again.
   */
  readonly exit: "end" | "repeat" | "return" | "throw";
  /** The call or await whose throw sets the path off, else its `throw`. */
  readonly thrower: TSESTree.Node | undefined;
  /** The node at which the path leaves, where it is a statement or a value. */
  readonly leaves: TSESTree.Node | undefined;
  /**
   * How much the path is to be expected, by the least likely of the throws on
   * it; undefined where none is needed.
   */
  readonly severity: ThrowSeverity | undefined;
  /** The leaking path, from the acquire to the exit. */
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly loc: TSESTree.SourceLocation;
  /** What happens there, in words: "`save(row)` may throw". */
  readonly reason: string;
}

const cache = new WeakMap<TSESLint.SourceCode, readonly Leak[]>();

/**
 * The leaks in a file, in source order, at most one for each acquire: the one
 * on the likeliest path. Pure and cached by the source code object. A file
 * that names no acquiring method is not walked.
 */
export function leaksOf(sourceCode: TSESLint.SourceCode): readonly Leak[] {
  let leaks = cache.get(sourceCode);
  if (!leaks) {
    const variables = variablesOf(sourceCode);
    leaks = acquireSitesOf(sourceCode, variables).flatMap(
      (site) => leakOf(site, sourceCode) ?? [],
    );
    cache.set(sourceCode, leaks);
  }
  return leaks;
}

function leakOf(
  site: AcquireSite,
  sourceCode: TSESLint.SourceCode,
): Leak | undefined {
  const { owner } = site;
  // What becomes of a promise that is passed on is not followed; and what the
  // top of a file holds, it holds for the life of the program.
  if (!owner || site.use === "promise") return undefined;
  const variables = variablesOf(sourceCode);
  const events = permitEventsOf(site, owner, sourceCode, variables);
  if (events.neverReleased) {
    if (site.form.permit.optional) return undefined;
    if (
      isReleasableByReceiver(site, events) &&
      !isReceiverConfined(site, sourceCode, variables)
    ) {
      return undefined;
    }
  }
  if (mayReleaseDownstream(site, sourceCode, variables)) return undefined;
  const outcome = interpret(site, owner, events, sourceCode, variables);
  const found = outcome && likeliest(outcome);
  if (!found) return undefined;
  const { exit, trail } = found;
  const steps = stepsOf(trail);
  return {
    site,
    owner,
    events,
    acquire: site.call,
    exit,
    thrower: throwerOf(steps),
    leaves: exit === "end" ? undefined : steps.at(-1)?.node,
    severity: severityOf(steps),
    path: pathOf(steps, exit, owner, sourceCode),
  };
}

/** Whether somebody without the permit in hand could release it. */
function isReleasableByReceiver(
  { form: { permit } }: AcquireSite,
  { holder }: PermitEvents,
): boolean {
  return (
    permit.kind === "receiver" ||
    (holder === undefined && receiverReleasesOf(permit).length > 0)
  );
}

interface Found {
  readonly exit: Leak["exit"];
  readonly trail: Trail | undefined;
}

function likeliest(outcome: Outcome): Found | undefined {
  const found = [
    ...heldIn(outcome.repeats, "repeat"),
    ...heldIn(outcome.end, "end"),
    ...heldIn(outcome.returns, "return"),
    ...heldIn(outcome.throws, "throw"),
  ];
  return found.reduce<Found | undefined>(
    (best, each) =>
      best && rank(best.trail) >= rank(each.trail) ? best : each,
    undefined,
  );
}

function heldIn(states: States, exit: Leak["exit"]): Found[] {
  return [...states.values()]
    .filter(({ permit }) => permit === "held")
    .map(({ trail }) => ({ exit, trail }));
}

function rank(trail: Trail | undefined): number {
  const severity = severityOf(stepsOf(trail));
  return severity === undefined
    ? Infinity
    : compareSeverity(severity, "unlikely");
}

function stepsOf(trail: Trail | undefined): Trail[] {
  const steps: Trail[] = [];
  for (let at = trail; at; at = at.before) steps.unshift(at);
  return steps;
}

/** Of several throws it is the last: those before it were caught. */
function throwerOf(steps: readonly Trail[]): TSESTree.Node | undefined {
  const throws = steps.filter(({ step }) => step === "throws");
  const cause = throws.findLast(({ severity }) => severity !== "thrown");
  return (cause ?? throws.at(-1))?.node;
}

function severityOf(steps: readonly Trail[]): ThrowSeverity | undefined {
  return steps
    .flatMap(({ severity }) => severity ?? [])
    .sort(compareSeverity)[0];
}

function pathOf(
  steps: readonly Trail[],
  exit: Leak["exit"],
  owner: FunctionNode,
  sourceCode: TSESLint.SourceCode,
): PathStep[] {
  const path = steps.map((step) => ({
    loc: step.step === "caught" ? headOf(step.node) : step.node.loc,
    reason: reasonOf(step, sourceCode),
  }));
  if (exit === "end" || exit === "throw") {
    const { end } = owner.loc;
    path.push({
      loc: { start: { ...end, column: Math.max(0, end.column - 1) }, end },
      reason: "leaves here still holding the permit",
    });
  }
  return path;
}

function headOf(node: TSESTree.Node): TSESTree.SourceLocation {
  const { start } = node.loc;
  return { start, end: { ...start, column: start.column + "catch".length } };
}

function reasonOf(
  { node, step, severity }: Trail,
  sourceCode: TSESLint.SourceCode,
): string {
  switch (step) {
    case "acquired":
      return "acquired here";
    case "throws":
      return severity === "thrown"
        ? "throws here"
        : `\`${excerpt(node, sourceCode)}\` may throw`;
    case "caught":
      return "caught here";
    case "leaves":
      return node.type === "YieldExpression"
        ? "may be ended here still holding the permit"
        : "leaves here still holding the permit";
    case "repeats":
      return "acquires again while still holding the permit";
  }
}

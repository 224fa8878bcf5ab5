import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { declaredIn } from "../analysis/declared-in.js";
import { jumpTarget } from "../analysis/exits.js";
import type { Leak } from "../analysis/facts.js";
import type { File } from "../analysis/file.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  isFunction,
} from "../analysis/tree.js";
import type { Variable, Variables } from "../analysis/variables.js";
import {
  acquireStatement,
  type AcquireStatement,
  statementEndingWithAcquire,
} from "./acquire-statement.js";
import { type Guard, guardIn } from "./guard.js";
import { isInertExit, isLastOnItsPath } from "./last-on-its-path.js";
import { haveOneCondition, isSteadyCondition } from "./release-condition.js";
import {
  releaseStatement,
  type ReleaseStatement,
  returnedRelease,
  type SoleRelease,
  wholeReleaseStatement,
} from "./release-statement.js";

/** The statements that run while a permit is held, as they stand in a block. */
export interface GuardedRegion {
  /** The statement before the region, which acquires, perhaps on a condition. */
  readonly start: TSESTree.Statement;
  readonly statements: readonly TSESTree.Statement[];
  /** The release that ends the region; without one it ends with its block. */
  readonly release: ReleaseStatement | undefined;
  /**
   * Releases inside, each the last thing before its path leaves the region. A
   * rewrite that releases at the region's end makes them superfluous.
   */
  readonly earlyReleases: readonly ReleaseStatement[];
  /** A `try`, the region's last statement, that releases as it ends. */
  readonly guard: Guard | undefined;
  /** Statements of the block that run after the region. */
  readonly tail: readonly TSESTree.Statement[];
}

/** A region that begins with an acquire alone, and has no condition in it. */
export interface PlainRegion extends GuardedRegion {
  readonly acquire: AcquireStatement;
  readonly release: SoleRelease | undefined;
}

/**
 * The region that a leak's permit guards. Undefined where it is no run of
 * statements in one block, or where a release inside it could not be moved to
 * its end without holding the permit for longer than before.
 */
export function plainRegionOf(leak: Leak, file: File): PlainRegion | undefined {
  const acquire = acquireStatement(leak);
  const releases = leak.events.releases.map(
    (call) => releaseStatement(call) ?? returnedRelease(call, leak),
  );
  const region = acquire && regionBehind(acquire, releases, leak, file);
  const release = region?.release;
  if (!region || release?.type === "IfStatement") return undefined;
  return losesComments(region, file.sourceCode)
    ? undefined
    : { ...region, acquire, release };
}

/**
 * The same for a permit that is acquired or released on a condition, where the
 * release comes out at the region's end as it does where something throws.
 */
export function conditionalRegionOf(
  leak: Leak,
  file: File,
): GuardedRegion | undefined {
  const start = acquireStatement(leak) ?? statementEndingWithAcquire(leak);
  const releases = leak.events.releases.map(
    (call) => wholeReleaseStatement(call) ?? returnedRelease(call, leak),
  );
  const region = start && regionBehind(start, releases, leak, file);
  if (!region) return undefined;
  const { release, guard, earlyReleases, statements } = region;
  const all = [release, guard?.release, ...earlyReleases];
  const written = all.filter((each) => each !== undefined);
  const [first] = written;
  if (!first || !haveOneCondition(written, file.sourceCode)) return undefined;
  if (first.type !== "IfStatement") return region;
  const takesThrow = leak.severity !== undefined;
  return takesThrow && isSteadyCondition(first, statements, file.sourceCode)
    ? region
    : undefined;
}

function regionBehind(
  start: TSESTree.Statement,
  releases: readonly (ReleaseStatement | undefined)[],
  leak: Leak,
  file: File,
): GuardedRegion | undefined {
  const block = start.parent;
  if (block.type !== "BlockStatement") return undefined;
  const following = block.body.slice(block.body.indexOf(start) + 1);
  const isRelease = (
    statement: TSESTree.Statement | undefined,
  ): statement is ReleaseStatement =>
    releases.some((each) => each === statement);

  const last = following.findLastIndex(isRelease);
  const guard =
    last === -1 ? guardIn(following, releases, leak, file) : undefined;
  const exit = following[last + 1];
  const ending = following[last];
  // A `return` may go as well where the function ends anyway.
  const endsRegion =
    ending?.type === "ReturnStatement"
      ? !exit && block === leak.owner.body
      : last !== -1 && !(exit && isInertExit(exit));
  const release = endsRegion && isRelease(ending) ? ending : undefined;
  const end = guard
    ? following.indexOf(guard.statement) + 1
    : release
      ? last
      : following.length;
  const statements = following.slice(0, end);
  if (statements.length === 0) return undefined;

  const earlyReleases: ReleaseStatement[] = [];
  for (const early of releases) {
    if (early && isOfAnother(early, start)) continue;
    if (early && (early === release || early === guard?.release)) continue;
    const isInside =
      early && statements.some((statement) => contains(statement, early));
    if (!isInside || (guard && contains(guard.statement, early))) {
      return undefined;
    }
    if (!isLastOnItsPath(early, block, { byEnd: !release && !guard }))
      return undefined;
    earlyReleases.push(early);
  }
  return {
    start,
    statements,
    release,
    earlyReleases,
    guard,
    tail: following.slice(release ? last + 1 : end),
  };
}

/** Whether a release comes before the acquire, and there is no second round. */
function isOfAnother(
  release: TSESTree.Node,
  start: TSESTree.Statement,
): boolean {
  const isFirst = release.range[1] <= start.range[0];
  return isFirst && isFunction(start.parent?.parent);
}

/** Whether a `finally` with a comment in it would go. */
function losesComments(
  { guard }: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const finalizer = guard?.statement.finalizer;
  return (
    finalizer?.body.length === 1 &&
    sourceCode.getCommentsInside(finalizer).length > 0
  );
}

/** The releases after which nothing happens before the block is left. */
export function superfluousReleases(
  { events }: Pick<Leak, "events">,
  block: TSESTree.BlockStatement,
): TSESTree.ExpressionStatement[] {
  return events.releases.flatMap((call) => {
    const release = releaseStatement(call);
    return release && isLastOnItsPath(release, block) ? [release] : [];
  });
}

/** The variables that a region declares and that are used after it. */
export function outlivingVariables(
  { statements, tail }: Pick<GuardedRegion, "statements" | "tail">,
  variables: Variables,
): Variable[] {
  return declaredIn(statements, variables).filter(({ references }) =>
    references.some(({ identifier }) =>
      tail.some((statement) => contains(statement, identifier)),
    ),
  );
}

/** The jumps and yields in the region that a function around it would stop. */
export function crossingsOf(
  { start, statements }: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): TSESTree.Node[] {
  const owner = enclosingFunction(start);
  const crossings: TSESTree.Node[] = [];
  for (const statement of statements) {
    for (const node of descendantsOf(statement, sourceCode.visitorKeys)) {
      if (isCrossing(node) && enclosingFunction(node) === owner) {
        crossings.push(node);
      }
    }
  }
  return crossings;

  function isCrossing(node: TSESTree.Node): boolean {
    switch (node.type) {
      case "ReturnStatement":
      case "YieldExpression":
        return true;
      case "BreakStatement":
      case "ContinueStatement":
        return !statements.some((statement) => targetIsInside(node, statement));
      default:
        return false;
    }
  }
}

function targetIsInside(
  jump: TSESTree.BreakStatement | TSESTree.ContinueStatement,
  statement: TSESTree.Statement,
): boolean {
  const target = jumpTarget(jump);
  return target !== undefined && contains(statement, target);
}

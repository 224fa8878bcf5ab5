import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { jumpTarget } from "../analysis/exits.js";
import type { Leak } from "../analysis/facts.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  wrapped,
} from "../analysis/tree.js";
import type { Variable, Variables } from "../analysis/variables.js";
import { type Guard, guardIn } from "./guard.js";
import { isInertExit, isLastOnItsPath } from "./last-on-its-path.js";

/** The statements that run while a permit is held, as they stand in a block. */
export interface GuardedRegion {
  /** `await sem.acquire();` or `const permit = await sem.acquire();` */
  readonly acquire: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration;
  readonly statements: readonly TSESTree.Statement[];
  /** The release that ends the region; without one it ends with its block. */
  readonly release: TSESTree.ExpressionStatement | undefined;
  /**
   * Releases inside, each the last thing before its path leaves the region. A
   * rewrite that releases at the region's end makes them superfluous.
   */
  readonly earlyReleases: readonly TSESTree.ExpressionStatement[];
  /** A `try`, the region's last statement, whose `finally` ends it. */
  readonly guard: Guard | undefined;
  /** Statements of the block that run after the region. */
  readonly tail: readonly TSESTree.Statement[];
}

/**
 * The region that a leak's permit guards. Undefined where it is no run of
 * statements in one block, or where a release inside it could not be moved to
 * its end without holding the permit for longer than before.
 */
export function guardedRegionOf(
  leak: Leak,
  sourceCode: TSESLint.SourceCode,
): GuardedRegion | undefined {
  const acquire = acquireStatement(leak);
  const block = acquire?.parent;
  if (!acquire || block?.type !== "BlockStatement") return undefined;
  const following = block.body.slice(block.body.indexOf(acquire) + 1);
  const releases = leak.events.releases.map(releaseStatement);
  const isRelease = (statement: TSESTree.Node) =>
    releases.some((each) => each === statement);

  const last = following.findLastIndex(isRelease);
  const guard =
    last === -1 ? guardIn(following, releases, sourceCode) : undefined;
  const exit = following[last + 1];
  const endsRegion = last !== -1 && !(exit && isInertExit(exit));
  const release = endsRegion ? following[last] : undefined;
  if (release && release.type !== "ExpressionStatement") return undefined;
  const end = guard
    ? following.indexOf(guard.statement) + 1
    : release
      ? last
      : following.length;
  const statements = following.slice(0, end);
  if (statements.length === 0) return undefined;

  const earlyReleases: TSESTree.ExpressionStatement[] = [];
  for (const early of releases) {
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
    acquire,
    statements,
    release,
    earlyReleases,
    guard,
    tail: following.slice(release ? last + 1 : end),
  };
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

/** The statement that does nothing but acquire, and perhaps name the permit. */
export function acquireStatement({
  site,
}: Pick<Leak, "site">): GuardedRegion["acquire"] | undefined {
  if (!site.permit || site.use === "then" || site.form.mayFail) {
    return undefined;
  }
  const value = wrapped(site.permit);
  const { parent } = value;
  if (parent?.type === "ExpressionStatement") return parent;
  if (parent?.type !== "VariableDeclarator" || parent.init !== value) {
    return undefined;
  }
  const declaration = parent.parent;
  return declaration.declarations.length === 1 &&
    (declaration.kind === "const" || declaration.kind === "let")
    ? declaration
    : undefined;
}

/** The statement that does nothing but release. */
export function releaseStatement(
  release: TSESTree.CallExpression,
): TSESTree.ExpressionStatement | undefined {
  let node: TSESTree.Node = wrapped(release);
  if (node.parent?.type === "AwaitExpression") node = node.parent;
  return node.parent?.type === "ExpressionStatement" ? node.parent : undefined;
}

/** Whether a name declared in the region is used after it. */
export function outlivesRegion(
  { statements, tail }: GuardedRegion,
  variables: Variables,
): boolean {
  return [...new Set(variables.values())].some(
    (variable) =>
      isDeclaredIn(variable, statements) &&
      variable.references.some(({ identifier }) =>
        tail.some((statement) => contains(statement, identifier)),
      ),
  );
}

function isDeclaredIn(
  { defs }: Variable,
  statements: readonly TSESTree.Statement[],
): boolean {
  return defs.some(({ name }) =>
    statements.some((statement) => contains(statement, name)),
  );
}

/** The jumps and yields in the region that a function around it would stop. */
export function crossingsOf(
  { acquire, statements }: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): TSESTree.Node[] {
  const owner = enclosingFunction(acquire);
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

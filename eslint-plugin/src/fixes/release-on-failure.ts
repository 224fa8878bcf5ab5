import type { TSESTree } from "@typescript-eslint/types";
import type { File, Leak } from "../analysis/facts.js";
import { contains, descendantsOf } from "../analysis/tree.js";
import { acquireStatement } from "./acquire-statement.js";
import { type Edit, over } from "./edit.js";
import { freeName } from "./free-name.js";
import { canBeginSooner, type Guard } from "./guard.js";
import type { GuardedRegion } from "./guarded-region.js";
import { leavesUnhindered } from "./last-on-its-path.js";
import { hoistDeclarations } from "./hoist-declarations.js";
import { layoutAt } from "./layout.js";
import { wholeReleaseStatement } from "./release-statement.js";
import { releaseText } from "./release-text.js";
import { extendGuard, wrapRegion } from "./wrap-region.js";

/**
 * `try { … } catch (error) { await conn.release(); throw error; }`, for a permit
 * that the function hands on: up to where it does, a throw is to release. A
 * `try` that does so later on begins sooner instead.
 */
export function releaseOnFailure(leak: Leak, file: File): Edit[] | undefined {
  const { sourceCode } = file;
  const region = regionBeforeEscape(leak, file);
  if (!region) return undefined;
  const layout = layoutAt(region.start, sourceCode);
  const guard = guardBehind(region, leak, file);
  if (guard) {
    const longer = {
      ...region,
      statements: [...region.statements, guard.statement],
      tail: region.tail.slice(1),
    };
    const hoisted = hoistDeclarations(longer, layout, sourceCode);
    if (!hoisted) return undefined;
    const opening = [...hoisted.declarations, "try {"];
    return over(
      hoisted.edits,
      extendGuard(longer, guard, opening, layout, sourceCode),
    );
  }
  // A `try` may go elsewhere before it takes.
  if (region.tail[0]?.type === "TryStatement") return undefined;
  const hoisted = hoistDeclarations(region, layout, sourceCode);
  const release = releaseText(leak, layout.semi, sourceCode);
  if (!hoisted || release === undefined) return undefined;
  const error = freeName("error", region.start, sourceCode);
  const { semi, unit } = layout;
  return over(
    hoisted.edits,
    wrapRegion(
      region,
      {
        opening: [...hoisted.declarations, "try {"],
        closing: [
          `} catch (${error}) {`,
          unit + release,
          `${unit}throw ${error}${semi}`,
          "}",
        ],
      },
      layout,
      sourceCode,
    ),
  );
}

/**
 * The statements between an acquire and the first that hands the permit on,
 * where it takes a throw among them to leak it and none of them releases.
 */
function regionBeforeEscape(
  leak: Leak,
  { sourceCode }: File,
): GuardedRegion | undefined {
  const { events, owner, path, severity } = leak;
  const start = acquireStatement(leak);
  const block = start?.parent;
  if (block?.type !== "BlockStatement" || severity === undefined) {
    return undefined;
  }
  const escapes = [...events.at].flatMap(([node, event]) =>
    event === "escape" && !events.borrowed.has(node) ? [node] : [],
  );
  const following = block.body.slice(block.body.indexOf(start!) + 1);
  const end = following.findIndex((statement) =>
    escapes.some((node) => contains(statement, node)),
  );
  const statements = following.slice(0, end);
  const [taking, ...tail] = following.slice(end);
  const isIn = (node: TSESTree.Node) =>
    statements.some((statement) => contains(statement, node));
  if (end <= 0 || !taking || events.releases.some(isIn)) return undefined;
  // What is returned is lost where a `finally` around it throws.
  if (taking.type === "ReturnStatement" && !leavesUnhindered(taking, owner)) {
    return undefined;
  }
  const throws = path[1]?.loc.start;
  const isThrownHere =
    throws !== undefined &&
    statements.some(({ loc: { start: from, end: to } }) => {
      return from.line <= throws.line && throws.line <= to.line;
    });
  return isThrownHere && isSureToTake(taking)
    ? {
        start: start!,
        statements,
        release: undefined,
        earlyReleases: [],
        guard: undefined,
        tail: [taking, ...tail],
      }
    : undefined;

  /** Whether nothing in it can throw, wait or go elsewhere before it takes. */
  function isSureToTake(statement: TSESTree.Statement): boolean {
    if (statement.type === "TryStatement") return true;
    const isPlain =
      statement.type === "ReturnStatement" ||
      statement.type === "ExpressionStatement" ||
      statement.type === "VariableDeclaration";
    return (
      isPlain &&
      descendantsOf(statement, sourceCode.visitorKeys).every(
        (node) =>
          node.type !== "AwaitExpression" &&
          node.type !== "YieldExpression" &&
          (node.type !== "CallExpression" ||
            escapes.some((escape) => contains(node, escape))),
      )
    );
  }
}

/** A `try` right behind a region whose `catch` releases and throws on. */
function guardBehind(
  { statements, tail: [statement] }: GuardedRegion,
  { events }: Leak,
  { sourceCode }: File,
): Guard | undefined {
  if (statement?.type !== "TryStatement" || statement.finalizer) {
    return undefined;
  }
  const { param, body } = statement.handler ?? {};
  const [first, second, ...others] = body?.body ?? [];
  const release = events.releases
    .map(wholeReleaseStatement)
    .find((each) => each !== undefined && each === first);
  const throwsOn =
    second?.type === "ThrowStatement" &&
    param?.type === "Identifier" &&
    second.argument.type === "Identifier" &&
    second.argument.name === param.name;
  return release &&
    throwsOn &&
    others.length === 0 &&
    canBeginSooner(statement, statements, sourceCode)
    ? { statement, release, growth: "begin" }
    : undefined;
}

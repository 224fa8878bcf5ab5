import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import { descendantsOf, isFunction, unwrap } from "../analysis/tree.js";
import { constantInit, variablesOf } from "../analysis/variables.js";
import type { Edit } from "./edit.js";
import { dedentLines, indentOfLine } from "./layout.js";
import { limitedCallback } from "./limited-callback.js";
import type { Limiter } from "./limiters.js";
import { mergeImport } from "./merge-import.js";

/** A list of promises that is made and awaited in one place. */
interface Rewritable {
  readonly range: Readonly<TSESTree.Range>;
  readonly collection: TSESTree.Expression;
  readonly callback: TSESTree.Expression;
  /** What goes around the call of `mapLimit`. */
  readonly before: string;
  readonly after: string;
}

/** The edits of a rewrite, and what it calls. */
export interface BoundedMap {
  readonly edits: Edit[];
  readonly call: string;
}

/**
 * `mapLimit(items, limit, fn)` with its import, for
 * `Promise.all(items.map(fn))`, also where a variable holds the promises until
 * the next statement awaits them; `mapSettled` for `Promise.allSettled`; or the
 * same by another package. Undefined where that isn't the same.
 */
export function boundedMap(
  map: ConcurrentMap,
  limiter: Limiter,
  limit: number,
  sourceCode: TSESLint.SourceCode,
): BoundedMap | undefined {
  if (limiter === "p-limit") {
    const edits = limitedCallback(map, limit, sourceCode);
    return edits && { edits, call: "pLimit" };
  }
  const form = formOf(map, limiter, limit);
  const rewritable = form && rewritableOf(map, sourceCode);
  if (!rewritable) return undefined;
  const { range, collection, callback, before, after } = rewritable;
  if (form.accepts && !form.accepts(unwrap(callback))) return undefined;
  const imported = mergeImport(
    form.name,
    limiter,
    map.call,
    sourceCode,
    form.isDefault,
  );
  if (!imported) return undefined;
  return {
    call: form.name,
    edits: [
      ...imported.edits,
      {
        range: [range[0], collection.range[0]],
        text: `${before}${imported.expression}(`,
      },
      {
        range: [collection.range[1], callback.range[0]],
        text: form.between,
      },
      ...dedentLines(
        callback.range,
        depthLost(range[0], callback, sourceCode),
        sourceCode,
      ),
      {
        range: [callback.range[1], range[1]],
        text: `${form.end}${after}`,
      },
    ],
  };
}

/** How a package writes the map: `name(items` + between + `fn` + end. */
interface Form {
  readonly name: string;
  readonly isDefault: boolean;
  readonly between: string;
  readonly end: string;
  readonly accepts?: (callback: TSESTree.Node) => boolean;
}

function formOf(
  { combinator }: ConcurrentMap,
  limiter: Exclude<Limiter, "p-limit">,
  limit: number,
): Form | undefined {
  const named = { isDefault: false, between: `, ${limit}, `, end: ")" };
  switch (limiter) {
    case "semaphore-guard":
      if (combinator === "all") return { name: "mapLimit", ...named };
      return combinator === "allSettled"
        ? { name: "mapSettled", ...named }
        : undefined;
    case "p-map":
      return combinator === "all"
        ? {
            name: "pMap",
            isDefault: true,
            between: ", ",
            end: `, { concurrency: ${limit} })`,
          }
        : undefined;
    case "async":
      // It hands a callback to whatever it doesn't know for an async function.
      return combinator === "all"
        ? { name: "mapLimit", ...named, accepts: isAsyncOfItem }
        : undefined;
  }
}

function isAsyncOfItem(callback: TSESTree.Node): boolean {
  return isFunction(callback) && callback.async && callback.params.length <= 1;
}

function rewritableOf(
  { call, start }: ConcurrentMap,
  sourceCode: TSESLint.SourceCode,
): Rewritable | undefined {
  if (call.arguments.length !== 1) return undefined;
  if (start.kind !== "map" && start.kind !== "from") return undefined;
  const { call: made, collection, callback } = start;
  if (made.arguments.length !== (start.kind === "map" ? 1 : 2)) {
    return undefined;
  }
  if (call.typeArguments || made.typeArguments) return undefined;
  if (call.optional || made.optional || isOptional(made.callee)) {
    return undefined;
  }
  // `Array.from({ length: n }, fn)` has nothing to iterate.
  if (unwrap(collection).type === "ObjectExpression") return undefined;
  if (collection.type === "SequenceExpression") return undefined;
  if (!takesItemAndIndex(callback, sourceCode)) return undefined;
  const [list] = call.arguments;
  if (made === list) {
    if (hasLooseComments(call, collection, callback, sourceCode)) {
      return undefined;
    }
    return { range: call.range, collection, callback, before: "", after: "" };
  }
  const held =
    list?.type === "Identifier" ? heldIn(list, made, sourceCode) : undefined;
  return held && rewritableOfHeld(call, held, collection, callback, sourceCode);
}

/** `const promises = items.map(fn);` with `await Promise.all(promises);` next. */
function rewritableOfHeld(
  call: TSESTree.CallExpression,
  held: TSESTree.VariableDeclaration,
  collection: TSESTree.Expression,
  callback: TSESTree.Expression,
  sourceCode: TSESLint.SourceCode,
): Rewritable | undefined {
  const use = statementThatBeginsWith(call);
  if (!use || sourceCode.getTokenBefore(use)?.range[1] !== held.range[1])
    return undefined;
  if (
    hasLooseComments(held, collection, callback, sourceCode) ||
    sourceCode.commentsExistBetween(held, use) ||
    sourceCode.getCommentsInside(use).length > 0
  ) {
    return undefined;
  }
  const { text } = sourceCode;
  return {
    range: [held.range[0], use.range[1]],
    collection,
    callback,
    before: text.slice(use.range[0], call.range[0]),
    after: text.slice(call.range[1], use.range[1]),
  };
}

/**
 * The declaration of the variable that `use` reads, if it is for nothing else
 * than to hold what `made` makes until then.
 */
function heldIn(
  use: TSESTree.Identifier,
  made: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): TSESTree.VariableDeclaration | undefined {
  const variable = variablesOf(sourceCode).get(use);
  if (!variable || constantInit(variable) !== made) return undefined;
  if (variable.references.length !== 2) return undefined;
  const declaration = made.parent.parent;
  return declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1
    ? declaration
    : undefined;
}

/** The statement around `call` that evaluates nothing before it. */
function statementThatBeginsWith(
  call: TSESTree.CallExpression,
): TSESTree.Statement | undefined {
  const value = call.parent.type === "AwaitExpression" ? call.parent : call;
  const { parent } = value;
  switch (parent.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
      return parent;
    case "VariableDeclarator":
      return parent.parent.declarations.length === 1 &&
        parent.parent.parent.type !== "ExportNamedDeclaration"
        ? parent.parent
        : undefined;
    default:
      return undefined;
  }
}

/** Whether there are comments that the rewrite would lose. */
function hasLooseComments(
  replaced: TSESTree.Node,
  collection: TSESTree.Expression,
  callback: TSESTree.Expression,
  sourceCode: TSESLint.SourceCode,
): boolean {
  return sourceCode
    .getCommentsInside(replaced)
    .some(
      ({ range: [from, to] }) =>
        to <= collection.range[0] ||
        (from >= collection.range[1] && to <= callback.range[0]) ||
        from >= callback.range[1],
    );
}

/**
 * How much less the callback's lines are to be indented once it begins on the
 * line on which the call begins.
 */
function depthLost(
  start: number,
  callback: TSESTree.Node,
  { text }: TSESLint.SourceCode,
): number {
  const now = indentOfLine(callback.range[0], text).length;
  return Math.max(0, now - indentOfLine(start, text).length);
}

function isOptional(callee: TSESTree.Node): boolean {
  return callee.type === "MemberExpression" && callee.optional;
}

/** Whether the callback makes do with an item and its index. */
function takesItemAndIndex(
  callback: TSESTree.Expression,
  { visitorKeys }: TSESLint.SourceCode,
): boolean {
  const fn = unwrap(callback);
  if (!isFunction(fn)) return true;
  if (fn.params.length > 2) return false;
  if (fn.params.some(({ type }) => type === "RestElement")) return false;
  if (fn.type === "ArrowFunctionExpression") return true;
  return [...descendantsOf(fn.body, visitorKeys)].every(
    (node) => node.type !== "Identifier" || node.name !== "arguments",
  );
}

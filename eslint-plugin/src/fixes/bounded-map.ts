import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import { descendantsOf, isFunction, unwrap } from "../analysis/tree.js";
import type { Edit } from "./edit.js";
import { dedentLines, indentOfLine } from "./layout.js";
import { mergeImport } from "./merge-import.js";

/** `mapLimit(items, limit, fn)` with its import, for `Promise.all(items.map(fn))`. */
export function boundedMap(
  { call, combinator, map, collection, callback }: ConcurrentMap,
  limit: number,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (combinator !== "all") return undefined;
  if (map.arguments.length !== 1 || map !== call.arguments[0]) return undefined;
  if (call.typeArguments || map.typeArguments) return undefined;
  if (call.optional || map.optional || isOptional(map.callee)) return undefined;
  if (collection.type === "SequenceExpression") return undefined;
  if (!takesItemAndIndex(callback, sourceCode)) return undefined;
  if (
    sourceCode.commentsExistBetween(call.callee, collection) ||
    sourceCode.commentsExistBetween(collection, callback) ||
    sourceCode.commentsExistBetween(callback, lastTokenOf(call, sourceCode))
  ) {
    return undefined;
  }
  const imported = mergeImport("mapLimit", "semaphore-guard", call, sourceCode);
  if (!imported) return undefined;
  return [
    ...imported.edits,
    {
      range: [call.range[0], collection.range[0]],
      text: `${imported.expression}(`,
    },
    {
      range: [collection.range[1], callback.range[0]],
      text: `, ${limit}, `,
    },
    ...dedentLines(
      callback.range,
      depthLost(call, callback, sourceCode),
      sourceCode,
    ),
    { range: [callback.range[1], call.range[1]], text: ")" },
  ];
}

/**
 * How much less the callback's lines are to be indented once it begins on the
 * line on which the call begins.
 */
function depthLost(
  call: TSESTree.Node,
  callback: TSESTree.Node,
  { text }: TSESLint.SourceCode,
): number {
  const now = indentOfLine(callback.range[0], text).length;
  return Math.max(0, now - indentOfLine(call.range[0], text).length);
}

function lastTokenOf(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): TSESTree.Token | TSESTree.Node {
  return sourceCode.getLastToken(node) ?? node;
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

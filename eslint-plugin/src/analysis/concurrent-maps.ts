import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { type AsyncWork, workOf } from "./async-work.js";
import { type CollectionSize, collectionSize } from "./collection-size.js";
import { descendantsOf, memberName, unwrap } from "./tree.js";
import { variablesOf } from "./variables.js";

/** `Promise.all(items.map(fn))`: as many started at once as there are items. */
export interface ConcurrentMap {
  /** The call of `Promise.all` or a relative of it. */
  readonly call: TSESTree.CallExpression;
  readonly combinator: "all" | "allSettled" | "any" | "race";
  readonly map: TSESTree.CallExpression;
  readonly collection: TSESTree.Expression;
  readonly callback: TSESTree.Expression;
  readonly size: CollectionSize;
  readonly work: AsyncWork;
}

const cache = new WeakMap<TSESLint.SourceCode, readonly ConcurrentMap[]>();

/**
 * The places in a file that start work for every item of a collection at once,
 * in source order, with what is known of the collection's size and of the work.
 * Pure and cached by the source code object.
 */
export function concurrentMapsOf(
  sourceCode: TSESLint.SourceCode,
): readonly ConcurrentMap[] {
  let maps = cache.get(sourceCode);
  if (!maps) {
    maps = sourceCode.text.includes("Promise")
      ? [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(
          (node) => concurrentMap(node, sourceCode) ?? [],
        )
      : [];
    cache.set(sourceCode, maps);
  }
  return maps;
}

function concurrentMap(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): ConcurrentMap | undefined {
  if (node.type !== "CallExpression") return undefined;
  const combinator = combinatorOf(node);
  const [argument] = node.arguments;
  if (!combinator || !argument || node.arguments.length > 1) return undefined;
  const map = unwrap(argument);
  if (map.type !== "CallExpression") return undefined;
  const method = map.callee;
  const [callback] = map.arguments;
  if (
    method.type !== "MemberExpression" ||
    memberName(method) !== "map" ||
    !callback ||
    callback.type === "SpreadElement"
  ) {
    return undefined;
  }
  const variables = variablesOf(sourceCode);
  const collection = method.object;
  return {
    call: node,
    combinator,
    map,
    collection,
    callback,
    size: collectionSize(collection, sourceCode, variables),
    work: workOf(callback, sourceCode, variables),
  };
}

function combinatorOf({
  callee,
}: TSESTree.CallExpression): ConcurrentMap["combinator"] | undefined {
  if (
    callee.type !== "MemberExpression" ||
    callee.object.type !== "Identifier" ||
    callee.object.name !== "Promise"
  ) {
    return undefined;
  }
  const name = memberName(callee);
  switch (name) {
    case "all":
    case "allSettled":
    case "any":
    case "race":
      return name;
    default:
      return undefined;
  }
}

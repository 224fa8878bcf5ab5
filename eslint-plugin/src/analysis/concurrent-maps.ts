import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  type AsyncWork,
  type WorkAnalysis,
  workAnalysis,
} from "./async-work.js";
import {
  type CollectionSize,
  larger,
  type SizeAnalysis,
  sizeAnalysis,
} from "./collection-size.js";
import { isSetApart } from "./set-apart.js";
import { type Start, startsOf } from "./started-together.js";
import { descendantsOf, memberName } from "./tree.js";
import { variablesOf } from "./variables.js";

/** `Promise.all(items.map(fn))`: as many started at once as there are items. */
export interface ConcurrentMap {
  /** The call of `Promise.all` or a relative of it. */
  readonly call: TSESTree.CallExpression;
  readonly combinator: "all" | "allSettled" | "any" | "race";
  readonly start: Start;
  readonly size: CollectionSize;
  readonly work: AsyncWork;
}

const cache = new WeakMap<TSESLint.SourceCode, readonly ConcurrentMap[]>();

/**
 * The places in a file that start work for every item of a collection at once,
 * in source order, with what is known of the collection's size and of the work.
 * A call that waits for several such lists has one entry for each. Pure and
 * cached by the source code object.
 */
export function concurrentMapsOf(
  sourceCode: TSESLint.SourceCode,
): readonly ConcurrentMap[] {
  let maps = cache.get(sourceCode);
  if (!maps) cache.set(sourceCode, (maps = findMaps(sourceCode)));
  return maps;
}

function findMaps(sourceCode: TSESLint.SourceCode): ConcurrentMap[] {
  if (!/\bPromise\s*\??\.\s*(?:all|any|race)/.test(sourceCode.text)) return [];
  const variables = variablesOf(sourceCode);
  const sizes = sizeAnalysis(sourceCode, variables);
  const works = workAnalysis(sourceCode, variables);
  const maps: ConcurrentMap[] = [];
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    if (node.type !== "CallExpression") continue;
    const combinator = combinatorOf(node);
    const [list] = node.arguments;
    if (!combinator || !list || isSetApart(node)) continue;
    for (const start of startsOf(list, sourceCode, variables)) {
      maps.push({
        call: node,
        combinator,
        start,
        size: sizeOf(start, sizes),
        work: workOf(start, works),
      });
    }
  }
  return maps;
}

function workOf(start: Start, works: WorkAnalysis): AsyncWork {
  return start.kind === "push"
    ? works.ofExpression(start.promise)
    : works.ofCallback(start.callback);
}

function sizeOf(start: Start, sizes: SizeAnalysis): CollectionSize {
  if (start.kind !== "push") return sizes.ofCollection(start.collection);
  return start.collections
    .map(({ collection, isObject }) =>
      isObject ? sizes.ofObject(collection) : sizes.ofCollection(collection),
    )
    .reduce(larger, { kind: "known", length: 1 });
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

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
import { perFile } from "./file.js";
import { nodesIn } from "./nodes.js";
import { isSetApart } from "./set-apart.js";
import { type Start, startsOf } from "./started-together.js";
import { memberName } from "./tree.js";

/** `Promise.all(items.map(fn))`: as many started at once as there are items. */
export interface ConcurrentMap {
  /** The call of `Promise.all` or a relative of it. */
  readonly call: TSESTree.CallExpression;
  readonly combinator: "all" | "allSettled" | "any" | "race";
  readonly start: Start;
  readonly size: CollectionSize;
  readonly work: AsyncWork;
}

/**
 * The places in a file that start work for every item of a collection at once,
 * in source order, with what is known of the collection's size and of the work.
 * A call that waits for several such lists has one entry for each. Cached.
 */
export const concurrentMapsOf = perFile((file): readonly ConcurrentMap[] => {
  const { sourceCode, variables } = file;
  if (!/\bPromise\s*\??\.\s*(?:all|any|race)/.test(sourceCode.text)) return [];
  const sizes = sizeAnalysis(sourceCode, variables);
  const works = workAnalysis(sourceCode, variables);
  const maps: ConcurrentMap[] = [];
  for (const call of nodesIn(file).calls) {
    const combinator = combinatorOf(call);
    const [list] = call.arguments;
    if (!combinator || !list || isSetApart(call)) continue;
    for (const start of startsOf(list, sourceCode, variables)) {
      maps.push({
        call,
        combinator,
        start,
        size: sizeOf(start, sizes),
        work: workOf(start, works),
      });
    }
  }
  return maps;
});

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

import type { TSESTree } from "@typescript-eslint/types";
import {
  type AsyncWork,
  type WorkAnalysis,
  workAnalysis,
} from "./async-work.js";
import { type SizeAnalysis, sizeAnalysis } from "./collection-size.js";
import { isFewByNature } from "./collection-names.js";
import { perFile } from "./file.js";
import { mentionsOf } from "./mentions.js";
import { nodesIn } from "./nodes.js";
import { isSetApart } from "./set-apart.js";
import { type CollectionSize, larger } from "./sizes.js";
import { type Start, startsOf } from "./started-together.js";
import { isFunction, memberName, unwrap } from "./tree.js";
import { namesIn } from "./words.js";

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
  if (!mentionsOf(file).startsTogether) return [];
  const sizes = sizeAnalysis(sourceCode, variables);
  const works = workAnalysis(sourceCode, variables);
  const maps: ConcurrentMap[] = [];
  const { calls, hasMarkup } = nodesIn(file);
  for (const call of calls) {
    const combinator = combinatorOf(call);
    const [list] = call.arguments;
    if (!combinator || !list || isSetApart(call)) continue;
    // As many results as items: what they are called says how many there are.
    if (isFewByNature(resultName(call))) continue;
    for (const start of startsOf(list, sourceCode, variables)) {
      const size = sizeOf(start, sizes);
      const work = workOf(start, works);
      maps.push({
        call,
        combinator,
        start,
        size,
        work: known(hasMarkup ? inBrowser(work) : work, size, start),
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

/** The variable that holds the results: `x` for `const x = await Promise.all(…)`. */
function resultName(call: TSESTree.CallExpression): string {
  const { parent } = call;
  const declarator = parent.type === "AwaitExpression" ? parent.parent : parent;
  return declarator.type === "VariableDeclarator" &&
    declarator.id.type === "Identifier"
    ? declarator.id.name
    : "";
}

/** A browser, for which markup is written, has few connections to each host. */
function inBrowser(work: AsyncWork): AsyncWork {
  return work.kind === "io" ? { ...work, isPooled: true } : work;
}

/** What is known of the work once it is known what it is done for. */
function known(work: AsyncWork, size: CollectionSize, start: Start): AsyncWork {
  if (work.kind !== "io" || size.kind !== "unbounded") return work;
  if (size.source === "rows" && isRowMethod(work.call, start)) {
    return { ...work, evidence: "sure", isPooled: true };
  }
  // Moving and removing files waits for libuv's few threads.
  return size.source === "files" && isFileMove(work)
    ? { ...work, evidence: "possible", isPooled: true }
    : work;
}

/** Whether the work is named after what is done to a file as a whole. */
function isFileMove({ call, evidence }: AsyncWork & { kind: "io" }): boolean {
  if (evidence !== "likely" || call.type !== "CallExpression") return false;
  const name = namesIn(call.callee).at(-1) ?? "";
  return /^(?:copy|delete|move|remove|rename|unlink)(?![a-z])/.test(name);
}

/** Methods by which a row of an ORM writes itself. */
const rowMethods =
  /^(?:decrement|delete|deleteOne|destroy|increment|reload|remove|save|update|updateOne)$/;

/** Whether the work is that a row of a query, `user`, writes itself: `save`. */
function isRowMethod(call: TSESTree.Node, start: Start): boolean {
  if (call.type !== "CallExpression") return false;
  const { callee } = call;
  const callback = start.kind === "push" ? undefined : unwrap(start.callback);
  if (callee.type !== "MemberExpression" || !isFunction(callback)) return false;
  const [row] = callback.params;
  return (
    row?.type === "Identifier" &&
    callee.object.type === "Identifier" &&
    callee.object.name === row.name &&
    rowMethods.test(memberName(callee) ?? "")
  );
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

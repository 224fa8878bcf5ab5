import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import {
  descendantsOf,
  isFunction,
  memberName,
  unwrap,
} from "../analysis/tree.js";
import { callbackOfItem } from "./callback-of-item.js";
import { mayChangeMeanwhile } from "./changing-collection.js";
import { type Edit, replace } from "./edit.js";
import { dedentLines, indentOfLine } from "./layout.js";
import { limitedCallback } from "./limited-callback.js";
import { type Limiter, type MapPackage, packageOf } from "./limiters.js";
import { hasTypes } from "./has-types.js";
import { mergeImport } from "./merge-import.js";
import {
  isAwaited,
  isUnused,
  isWaitedFor,
  type PromiseList,
  promiseListOf,
} from "./promise-list.js";
import { type PushingLoop, pushingLoopOf } from "./promises-pushed.js";

/** The edits of a rewrite, and what it calls. */
export interface BoundedMap {
  readonly edits: Edit[];
  readonly call: string;
}

/** A call to write, with what is there of it. */
interface MapCall {
  readonly list: PromiseList;
  readonly collection: TSESTree.Expression;
  /** How the collection is to be written, where not as it stands. */
  readonly collectionText: string | undefined;
  /** The range of the callback, and what has to change in it. */
  readonly callback: Readonly<TSESTree.Range>;
  readonly edits: readonly Edit[];
  /** What goes before the callback and behind it. */
  readonly open: string;
  readonly close: string;
}

/**
 * `mapLimit(items, limit, fn)` with its import, for
 * `Promise.all(items.map(fn))`, also where a variable holds the promises until
 * they are awaited, or a loop pushes them; `mapSettled` for
 * `Promise.allSettled`; `forEachLimit` where nobody reads the results; or the
 * same by another package. Undefined where that isn't the same.
 */
export function boundedMap(
  map: ConcurrentMap,
  limiter: Limiter,
  limit: number,
  sourceCode: TSESLint.SourceCode,
): BoundedMap | undefined {
  const target = packageOf(limiter);
  // Which comes first depends on all of them having been started.
  if (map.combinator === "any" || map.combinator === "race") return undefined;
  if (target.kind === "limit") {
    const edits = limitedCallback(map, target, limit, sourceCode);
    return edits && { edits, call: target.make };
  }
  const name = functionOf(map, target);
  if (name === undefined || map.call.optional || map.call.typeArguments) {
    return undefined;
  }
  const written =
    map.start.kind === "push"
      ? callOfLoop(map, target, sourceCode)
      : callOfMap(map, target, sourceCode);
  const imported =
    written &&
    mergeImport(name, target.name, map.call, sourceCode, target.isDefault);
  if (!written || !imported) return undefined;
  const limitText = `, ${limit}, `;
  const inArguments = target.limitIn === "arguments";
  const { list, collection, collectionText, callback, open, close } = written;
  const [start, end] = list.range;
  const settings = inArguments ? "" : `, { concurrency: ${limit} }`;
  return {
    call: name,
    edits: [
      ...imported.edits,
      {
        range: [start, collection.range[0]],
        text: `${list.before}${imported.expression}(`,
      },
      ...(collectionText === undefined
        ? []
        : [replace(collection, collectionText)]),
      {
        range: [collection.range[1], callback[0]],
        text: (inArguments ? limitText : ", ") + open,
      },
      ...written.edits,
      {
        range: [callback[1], end],
        text: `${close}${settings})${list.after}`,
      },
      ...(list.later ? [replace(list.later.call, list.later.name)] : []),
    ],
  };
}

function functionOf(
  { call, combinator }: ConcurrentMap,
  { functions, forEach }: MapPackage,
): string | undefined {
  if (combinator === "all" && forEach !== undefined && isUnused(call)) {
    return forEach;
  }
  return combinator === "all" || combinator === "allSettled"
    ? functions[combinator]
    : undefined;
}

/** For `items.map(fn)` and `Array.from(items, fn)`. */
function callOfMap(
  { call, start }: ConcurrentMap,
  target: MapPackage,
  sourceCode: TSESLint.SourceCode,
): MapCall | undefined {
  if (start.kind !== "map" && start.kind !== "from") return undefined;
  const { call: made, collection, callback } = start;
  const given = start.kind === "map" ? 1 : 2;
  const thisArg = made.arguments[given];
  if (made.arguments.length > given + 1) return undefined;
  if (thisArg?.type === "SpreadElement") return undefined;
  if (made.typeArguments || made.optional || isOptional(made.callee)) {
    return undefined;
  }
  if (collection.type === "SequenceExpression") return undefined;
  // `Array.from({ length: n }, fn)` has nothing to iterate.
  if (collection.type === "ObjectExpression") return undefined;

  const list = promiseListOf(call, made, sourceCode);
  if (!list || (list.later && !target.startsAtOnce)) return undefined;
  // Others must not begin after what comes next, which the code doesn't wait for.
  if (!list.later && !target.startsAtOnce && !isWaitedFor(call)) {
    return undefined;
  }
  const replaced = list.later ? made : call;
  if (
    hasLooseComments(
      list.later ? made.range : list.range,
      collection,
      callback,
      sourceCode,
    )
  ) {
    return undefined;
  }
  if (!acceptsCallback(target, callback, sourceCode)) return undefined;

  const changes = mayChangeMeanwhile(
    collection,
    callback,
    !list.later && isAwaited(replaced),
    sourceCode,
  );
  const edits = callbackOfItem(
    {
      callback,
      thisArg,
      array:
        start.kind === "map" && !changes && collection.type === "Identifier"
          ? collection
          : undefined,
    },
    sourceCode,
  );
  if (!edits) return undefined;
  const text = sourceCode.getText(collection);
  const isCopied =
    changes || (target.takesMutableArray && hasTypes(sourceCode));
  return {
    list,
    collection,
    collectionText: isCopied ? `[...${text}]` : undefined,
    callback: callback.range,
    edits: [
      ...edits,
      ...dedentLines(
        callback.range,
        depthLost(list.range[0], callback, sourceCode),
        sourceCode,
      ),
    ],
    open: "",
    close: "",
  };
}

/** For a loop that pushes. */
function callOfLoop(
  map: ConcurrentMap,
  target: MapPackage,
  sourceCode: TSESLint.SourceCode,
): MapCall | undefined {
  const loop = pushingLoopOf(map, sourceCode);
  if (!loop || target.needsAsyncOfItem) return undefined;
  if (map.combinator === "allSettled" && !canThrowOnlyLate(loop)) {
    return undefined;
  }
  const { list, collection, item, body, push, promise } = loop;
  if (!target.startsAtOnce && !isAwaited(map.call)) return undefined;
  if (target.awaitsItems && item.type !== "Identifier") return undefined;
  const isBlock = body !== push && body.type === "BlockStatement";
  const kept: TSESTree.Range = isBlock
    ? [body.range[0], promise.range[0]]
    : [promise.range[0], promise.range[0]];
  const comments = sourceCode
    .getCommentsInside(body.parent)
    .filter(
      ({ range: [from, to] }) =>
        !(from >= kept[0] && to <= push.range[0]) &&
        !(from >= promise.range[0] && to <= promise.range[1]),
    );
  if (comments.length > 0) return undefined;
  const changes = mayChangeMeanwhile(
    collection,
    body,
    isAwaited(map.call),
    sourceCode,
  );
  const parameter = `(${sourceCode.getText(item)}) => `;
  const text = sourceCode.getText(collection);
  const isOnlyPush = isBlock && body.body.length === 1;
  const opens = promise.type === "ObjectExpression" ? "(" : "";
  const result = isBlock && !isOnlyPush;
  return {
    list,
    collection,
    collectionText: changes ? `[...${text}]` : undefined,
    callback: result ? body.range : [promise.range[0], promise.range[1]],
    edits: [
      ...loop.edits,
      ...(result
        ? [
            {
              range: [push.range[0], promise.range[0]] satisfies TSESTree.Range,
              text: "return ",
            },
            {
              range: [
                promise.range[1],
                endOfStatement(push, sourceCode),
              ] satisfies TSESTree.Range,
              text: "",
            },
          ]
        : dedentLines(
            promise.range,
            depthLost(list.range[0], promise, sourceCode),
            sourceCode,
          )),
    ],
    open: parameter + opens,
    close: opens && ")",
  };
}

/** Up to the semicolon, which stays. */
function endOfStatement(
  statement: TSESTree.ExpressionStatement,
  sourceCode: TSESLint.SourceCode,
): number {
  const last = sourceCode.getLastToken(statement);
  return last?.value === ";" ? last.range[0] : statement.range[1];
}

/** Whether what throws in a round of a loop is a promise that is rejected. */
function canThrowOnlyLate({ body, push, promise }: PushingLoop): boolean {
  const isOnlyPush =
    body === push || (body.type === "BlockStatement" && body.body.length === 1);
  return (
    isOnlyPush &&
    promise.type === "CallExpression" &&
    isFunction(promise.callee) &&
    promise.callee.async
  );
}

function acceptsCallback(
  { awaitsItems, needsAsyncOfItem }: MapPackage,
  callback: TSESTree.Expression,
  { visitorKeys }: TSESLint.SourceCode,
): boolean {
  const fn = unwrap(callback);
  if (needsAsyncOfItem) {
    return isFunction(fn) && fn.async && fn.params.length <= 1;
  }
  if (!awaitsItems || !isFunction(fn)) return true;
  const [item] = fn.params;
  // A promise would be no more than its value by then.
  return (
    item?.type !== "Identifier" ||
    descendantsOf(fn, visitorKeys).every(
      (node) =>
        node.type !== "MemberExpression" ||
        node.object.type !== "Identifier" ||
        node.object.name !== item.name ||
        !/^(?:catch|finally|then)$/.test(memberName(node) ?? ""),
    )
  );
}

/** Whether there are comments that the rewrite would lose. */
function hasLooseComments(
  range: Readonly<TSESTree.Range>,
  collection: TSESTree.Expression,
  callback: TSESTree.Expression,
  sourceCode: TSESLint.SourceCode,
): boolean {
  return sourceCode
    .getAllComments()
    .some(
      ({ range: [from, to] }) =>
        from >= range[0] &&
        to <= range[1] &&
        (to <= collection.range[0] ||
          (from >= collection.range[1] && to <= callback.range[0]) ||
          from >= callback.range[1]),
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

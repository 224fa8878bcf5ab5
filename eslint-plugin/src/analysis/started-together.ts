import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  bodyOfLoop,
  isForEachCallback,
  loopedBy,
  type Looped,
  pushOnto,
} from "./loops.js";
import {
  childrenOf,
  contains,
  isFunction,
  memberName,
  unwrap,
} from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";

/** Where promises of a list are made, one for each item of a collection. */
export type Start =
  /** `items.map(fn)`, `items.flatMap(fn)`, `Array.from(items, fn)`. */
  | {
      readonly kind: "map" | "flatMap" | "from";
      readonly call: TSESTree.CallExpression;
      readonly collection: TSESTree.Expression;
      readonly callback: TSESTree.Expression;
    }
  /** `promises.push(promise)`, run for each item of all the collections. */
  | {
      readonly kind: "push";
      readonly promise: TSESTree.Expression;
      readonly collections: readonly Looped[];
    };

/** Methods that hand the promises of their receiver on. */
const passing = new Set(["concat", "filter", "flat", "reverse", "slice"]);

/** Where the promises in the list `expression` are made. */
export function startsOf(
  expression: TSESTree.Node,
  { visitorKeys }: TSESLint.SourceCode,
  variables: Variables,
): Start[] {
  return startsIn(expression);

  function startsIn(node: TSESTree.Node): Start[] {
    const list = unwrap(node);
    switch (list.type) {
      case "ArrayExpression":
        return list.elements.flatMap((element) =>
          element?.type === "SpreadElement" ? startsIn(element.argument) : [],
        );
      case "AwaitExpression":
        return startsIn(list.argument);
      case "CallExpression":
        return startsInCall(list);
      case "Identifier": {
        const variable = variables.get(list);
        const init = variable && constantInit(variable);
        if (!init) return [];
        return unwrap(init).type === "ArrayExpression"
          ? [...startsIn(init), ...pushesOnto(variable, list)]
          : startsIn(init);
      }
      default:
        return [];
    }
  }

  function startsInCall(call: TSESTree.CallExpression): Start[] {
    const callee = unwrap(call.callee);
    if (callee.type !== "MemberExpression") return [];
    const name = memberName(callee) ?? "";
    const { object } = callee;
    if (name === "map" || name === "flatMap") {
      const [callback] = call.arguments;
      if (!callback || callback.type === "SpreadElement") return [];
      return [
        { kind: name, call, collection: object, callback },
        ...startsIn(object),
      ];
    }
    if (object.type === "Identifier" && object.name === "Array") {
      const [collection, callback] = call.arguments;
      if (name !== "from" || !collection) return [];
      if (collection.type === "SpreadElement") return [];
      if (!callback) return startsIn(collection);
      return callback.type === "SpreadElement"
        ? []
        : [{ kind: "from", call, collection, callback }];
    }
    return passing.has(name) ? startsIn(object) : [];
  }

  /**
   * What loops push onto a list that is awaited at `use` and otherwise left
   * alone: where its length is looked at or parts are taken out, as in pools
   * made by hand, there may well be a bound.
   */
  function pushesOnto(variable: Variable, use: TSESTree.Node): Start[] {
    const declaration = variable.defs[0]!.node;
    const starts: Start[] = [];
    for (const { identifier, init } of variable.references) {
      if (init || identifier === use) continue;
      const push = pushOnto(identifier);
      if (!push) return [];
      for (const promise of push.arguments) {
        if (promise.type === "SpreadElement") {
          starts.push(...startsIn(promise.argument));
          continue;
        }
        const collections = loopsBetween(declaration, push, use);
        if (!collections) return [];
        starts.push({ kind: "push", promise, collections });
      }
    }
    return starts;
  }

  /**
   * What the loops run over that are around `inner` but not around `outer`.
   * Undefined where a loop waits in between, so that not all starts at once.
   */
  function loopsBetween(
    outer: TSESTree.Node,
    inner: TSESTree.Node,
    use: TSESTree.Node,
  ): Looped[] | undefined {
    const loops: Looped[] = [];
    for (let node = inner; ; node = node.parent!) {
      const loop = node.parent;
      if (!loop || contains(loop, outer)) return loops;
      if (isFunction(loop) && !isForEachCallback(loop)) return undefined;
      const body = bodyOfLoop(loop);
      if (!body) continue;
      if (contains(loop, use) || waits(body)) return undefined;
      loops.push(...loopedBy(loop));
    }
  }

  /** Whether `code` awaits, functions in it aside. */
  function waits(code: TSESTree.Node): boolean {
    if (code.type === "AwaitExpression" || code.type === "YieldExpression") {
      return true;
    }
    return !isFunction(code) && [...childrenOf(code, visitorKeys)].some(waits);
  }
}

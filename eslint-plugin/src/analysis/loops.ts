import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, memberName, unwrap, wrapped } from "./tree.js";

/** What a loop runs over: its items, or its keys in `for (key in object)`. */
export interface Looped {
  readonly collection: TSESTree.Expression;
  readonly isObject: boolean;
}

/** `list.push(…)`, where `list` is the identifier. */
export function pushOnto(
  identifier: TSESTree.Node,
): TSESTree.CallExpression | undefined {
  const member = wrapped(identifier).parent;
  const call = member && wrapped(member).parent;
  return member?.type === "MemberExpression" &&
    memberName(member) === "push" &&
    call?.type === "CallExpression" &&
    call.callee === member
    ? call
    : undefined;
}

/** The code that a loop, or a function, runs again and again. */
export function bodyOfLoop(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case "DoWhileStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "ForStatement":
    case "WhileStatement":
      return node.body;
    default:
      return isFunction(node) ? node.body : undefined;
  }
}

export function isForEachCallback(fn: TSESTree.Node): boolean {
  return forEachOf(fn) !== undefined;
}

/** The receiver of the `forEach` that `fn` is given to. */
function forEachOf(fn: TSESTree.Node): TSESTree.Expression | undefined {
  const call = fn.parent;
  return call?.type === "CallExpression" &&
    call.arguments[0] === fn &&
    call.callee.type === "MemberExpression" &&
    memberName(call.callee) === "forEach"
    ? call.callee.object
    : undefined;
}

/** What a loop runs over, where it runs over something. */
export function loopedBy(loop: TSESTree.Node): Looped[] {
  switch (loop.type) {
    case "ForOfStatement":
      // An async source sets the pace.
      return loop.await ? [] : [{ collection: loop.right, isObject: false }];
    case "ForInStatement":
      return [{ collection: loop.right, isObject: true }];
    case "ForStatement": {
      const counted = countedBy(loop);
      return counted ? [{ collection: counted, isObject: false }] : [];
    }
    default: {
      const receiver = forEachOf(loop);
      return receiver ? [{ collection: receiver, isObject: false }] : [];
    }
  }
}

/**
 * `items` for `for (let i = 0; i < items.length; i++)`. A longer stride goes
 * from one part of them to the next.
 */
function countedBy({
  test,
  update,
}: TSESTree.ForStatement): TSESTree.Expression | undefined {
  if (test?.type !== "BinaryExpression") return undefined;
  if (update?.type !== "UpdateExpression") return undefined;
  const length = unwrap(test.right);
  return length.type === "MemberExpression" && memberName(length) === "length"
    ? length.object
    : undefined;
}

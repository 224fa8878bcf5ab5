import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { isReceiverRelease } from "./receiver-release.js";
import {
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";

/**
 * Whether a later link of the chain, as in `.then(work).finally(release)`, may
 * release what the function passed to `then` leaves held.
 */
export function mayReleaseDownstream(
  site: AcquireSite,
  { sourceCode, variables }: File,
): boolean {
  if (site.use !== "then" || !site.owner) return false;
  let link = wrapped(site.owner).parent;
  while (link?.type === "CallExpression") {
    const { parent: member } = wrapped(link);
    if (
      member?.type !== "MemberExpression" ||
      !/^(then|catch|finally)$/.test(memberName(member) ?? "")
    ) {
      return false;
    }
    link = wrapped(member).parent;
    if (link?.type !== "CallExpression") return false;
    if (link.arguments.some(mayRelease)) return true;
  }
  return false;

  function mayRelease(argument: TSESTree.Node): boolean {
    if (!isFunction(argument)) return true;
    return [...descendantsOf(argument.body, sourceCode.visitorKeys)].some(
      (node) => isReceiverRelease(node, site, variables),
    );
  }
}

/** One link of a chain: `before.then(…)`, `before.catch(…)`, `before.finally(…)`. */
export interface ChainLink {
  readonly kind: "catch" | "finally" | "then";
  /** The promise that the link reacts to. */
  readonly before: TSESTree.Expression;
  readonly handlers: readonly TSESTree.CallExpressionArgument[];
}

/** The link that a node is, if it is one. */
export function chainLinkOf(node: TSESTree.Node): ChainLink | undefined {
  const call = unwrap(node);
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const kind = memberName(callee);
  return kind === "catch" || kind === "finally" || kind === "then"
    ? { kind, before: callee.object, handlers: call.arguments }
    : undefined;
}

/** The last link of the chain that a link is part of. */
export function lastLink(link: TSESTree.Node): TSESTree.Node {
  const next = nextLink(link);
  return next ? lastLink(next) : link;
}

/** The functions that are written where a link of a chain is to call them. */
export function handlersIn(last: TSESTree.Node): FunctionNode[] {
  const link = chainLinkOf(last);
  return link
    ? [
        ...handlersIn(link.before),
        ...link.handlers.filter((each) => isFunction(each)),
      ]
    : [];
}

/** Whether a value stands where a link of a chain is to call it. */
export function isHandler(value: TSESTree.Node): boolean {
  const { parent } = value;
  return (
    parent?.type === "CallExpression" &&
    parent.callee !== value &&
    chainLinkOf(parent) !== undefined
  );
}

/** Whether the code around a chain waits until a function in it has been run. */
export function isWaitedForHandler(fn: FunctionNode): boolean {
  if (!isHandler(fn)) return false;
  const use = promiseUse(lastLink(fn.parent));
  return use === "awaited" || use === "returned";
}

/** Whether a chain goes on with the promise that a call in it returns. */
export function isReturnedByHandler(call: TSESTree.Node): boolean {
  if (promiseUse(call) !== "returned") return false;
  const fn = enclosingFunction(call);
  return fn !== undefined && isHandler(fn);
}

/** The call of `then`, `catch` or `finally` of a promise, as in a chain. */
export function nextLink(
  promise: TSESTree.Node,
): TSESTree.CallExpression | undefined {
  const value = wrapped(promise);
  const { parent } = value;
  if (parent?.type !== "MemberExpression" || parent.object !== value) {
    return undefined;
  }
  const member = wrapped(parent);
  const { parent: call } = member;
  return call?.type === "CallExpression" &&
    call.callee === member &&
    chainLinkOf(call)
    ? call
    : undefined;
}

/** How the promise of a chain, or of a call, is used. */
export function promiseUse(
  promise: TSESTree.Node,
): "awaited" | "dropped" | "kept" | "returned" {
  const value = wrapped(promise);
  const { parent } = value;
  switch (parent?.type) {
    case "AwaitExpression":
      return "awaited";
    case "ReturnStatement":
      return "returned";
    case "ArrowFunctionExpression":
      return parent.body === value ? "returned" : "kept";
    case "ExpressionStatement":
      return "dropped";
    case "UnaryExpression":
      return parent.operator === "void" ? "dropped" : "kept";
    default:
      return "kept";
  }
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  calleeName,
  descendantsOf,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
} from "./tree.js";
import { constantFunction, type Variables } from "./variables.js";

/**
 * How much a throw is to be expected, from least to most:
 * `unlikely`: a call that can hardly throw, such as `Date.now()`;
 * `call`: an ordinary call; `awaited`: an `await`, so I/O or somebody else's
 * failure; `thrown`: a `throw` in plain sight.
 */
export type ThrowSeverity = "unlikely" | "call" | "awaited" | "thrown";

const order: readonly ThrowSeverity[] = [
  "unlikely",
  "call",
  "awaited",
  "thrown",
];

/** Positive where `a` is more to be expected than `b`. */
export function compareSeverity(a: ThrowSeverity, b: ThrowSeverity): number {
  return order.indexOf(a) - order.indexOf(b);
}

/** Globals whose functions, called or constructed, can hardly throw. */
const safeGlobals = new Set(
  `AbortController Array BigInt Blob Boolean Buffer Date Error EventTarget
   FormData Headers JSON Map Math Number Object Promise RangeError Reflect Set
   String Symbol SyntaxError TextDecoder TextEncoder TypeError URLSearchParams
   WeakMap WeakRef WeakSet clearImmediate clearInterval clearTimeout console
   isFinite isNaN parseFloat parseInt performance process queueMicrotask
   setImmediate setInterval setTimeout`.split(/\s+/),
);

/** Classes of Node whose construction hardly throws. */
const safeClasses =
  /^(Duplex|EventEmitter|PassThrough|Readable|Transform|Writable)$/;

/** Receivers that only write a log. */
const loggers = /^(log|logger|logging|debug|trace|console|winston|pino)$/i;

/** Functions and methods that, given nothing, only make or look up something. */
const plainNames = /^#?_?(?:create|get|make)(?=[A-Z_])/;

/** Those of the project's own that say that they don't throw. */
const safeNames = /^#?_?safe(?=[A-Z_])/;

/** `TextDecoder` and `TextEncoder`, by the names of what holds one. */
const coders = /(?:de|en)coder\d*$/i;

/** Functions and methods that only write a log. */
const logging = /^_?log([A-Z_]|$)/;

/**
 * Methods of arrays, strings, maps, sets, promises, timers and events that can
 * hardly throw.
 */
const safeMethods = new Set(
  `abort add addEventListener addListener at catch charAt clear concat delete
   dispatchEvent emit endsWith entries fill finally get has includes indexOf
   join keys lastIndexOf off on once padEnd padStart pipe pipeThrough pop
   prependListener prependOnceListener publish push ref removeAllListeners
   removeEventListener removeListener reverse set shift slice splice split
   startsWith then toFixed toISOString toLocaleString toLowerCase toString
   toUpperCase trim trimEnd trimStart unref unshift valueOf values`.split(
    /\s+/,
  ),
);

/** Array methods that are as safe as the function they are given. */
const iterationMethods = new Set(
  `every filter find findIndex flatMap forEach map reduce some sort`.split(
    /\s+/,
  ),
);

/** How likely it is that the call itself throws, its awaited result aside. */
export function callSeverity(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ThrowSeverity {
  const callee = unwrap(call.callee);
  // What these throw at is what they are given.
  if (
    call.arguments.length === 0 &&
    (call.type === "NewExpression" || plainNames.test(calleeName(callee) ?? ""))
  ) {
    return "unlikely";
  }
  if (callee.type === "Identifier") {
    return safeGlobals.has(callee.name) ||
      loggers.test(callee.name) ||
      logging.test(callee.name) ||
      safeNames.test(callee.name) ||
      (call.type === "NewExpression" && safeClasses.test(callee.name))
      ? "unlikely"
      : "call";
  }
  if (callee.type !== "MemberExpression") return "call";
  const name = memberName(callee);
  const root = unwrap(callee.object);
  if (name === undefined) return "call";
  if (
    safeMethods.has(name) ||
    safeNames.test(name) ||
    logging.test(name) ||
    isLogger(root) ||
    (/^(?:de|en)code$/.test(name) && coders.test(calleeName(root) ?? ""))
  ) {
    return "unlikely";
  }
  if (root.type === "Identifier" && safeGlobals.has(root.name)) {
    return "unlikely";
  }
  return iterationMethods.has(name) &&
    call.arguments.every((argument) => isSimpleFunction(argument, visitorKeys))
    ? "unlikely"
    : "call";
}

/** Functions whose promise only waits for a while. */
const delays = /^(delay|sleep|wait|setTimeout|setImmediate|nextTick|tick)$/i;

/** How likely it is that awaiting `argument` throws. */
export function awaitSeverity(
  argument: TSESTree.Expression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  variables: Variables,
): ThrowSeverity {
  const awaited = unwrap(argument);
  if (awaited.type === "NewExpression") {
    return isTimer(awaited, visitorKeys) ? "unlikely" : "awaited";
  }
  if (awaited.type !== "CallExpression") return "awaited";
  const callee = unwrap(awaited.callee);
  const name = calleeName(callee);
  if (name === undefined) return "awaited";
  if (delays.test(name) || name === "allSettled") return "unlikely";
  const variable = variables.get(callee);
  const called = variable && constantFunction(variable);
  if (called && swallowsAll(called, visitorKeys)) return "unlikely";
  const [handler] = awaited.arguments;
  if (name !== "catch" || !handler) return "awaited";
  const named = variables.get(handler);
  const swallows = (named && constantFunction(named)) ?? handler;
  return isSimpleFunction(swallows, visitorKeys) ? "unlikely" : "awaited";
}

/** Whether a function is one `try` whose `catch` at most writes a log. */
function swallowsAll(
  { body }: FunctionNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  if (body.type !== "BlockStatement") return false;
  const [only, ...others] = body.body;
  if (only?.type !== "TryStatement" || others.length > 0) return false;
  if (!only.handler || only.finalizer) return false;
  for (const node of descendantsOf(only.handler.body, visitorKeys)) {
    switch (node.type) {
      case "AwaitExpression":
      case "ThrowStatement":
        return false;
      case "CallExpression":
      case "NewExpression":
        if (callSeverity(node, visitorKeys) !== "unlikely") return false;
    }
  }
  return true;
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`. */
function isTimer(
  node: TSESTree.NewExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  const [executor] = node.arguments;
  if (node.callee.type !== "Identifier" || node.callee.name !== "Promise") {
    return false;
  }
  if (!executor || !isFunction(executor) || executor.params.length > 1) {
    return false;
  }
  for (const inner of descendantsOf(executor.body, visitorKeys)) {
    if (
      inner.type === "CallExpression" &&
      !(inner.callee.type === "Identifier" && delays.test(inner.callee.name))
    ) {
      return false;
    }
  }
  return true;
}

function isLogger(node: TSESTree.Node): boolean {
  return loggers.test(calleeName(node) ?? "");
}

/** A function that calls, awaits and throws nothing, or a plain value. */
function isSimpleFunction(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  if (!isFunction(node)) return node.type !== "Identifier";
  for (const { type } of descendantsOf(node.body, visitorKeys)) {
    switch (type) {
      case "AwaitExpression":
      case "CallExpression":
      case "NewExpression":
      case "TaggedTemplateExpression":
      case "ThrowStatement":
        return false;
    }
  }
  return true;
}

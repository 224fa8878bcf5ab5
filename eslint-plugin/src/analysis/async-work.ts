import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Evidence } from "./evidence.js";
import { stronger } from "./evidence.js";
import {
  isGateModule,
  isIo,
  isKnownModule,
  isPooled,
  isQueued,
} from "./io-modules.js";
import {
  ioByName,
  isConnectionClass,
  isGate,
  isIdle,
  isTransparent,
} from "./io-names.js";
import { localFunction } from "./local-function.js";
import { isConnectionArgument, isOverOneConnection } from "./one-connection.js";
import { enclosingClass, originOf } from "./origin.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import { constantInit, type Variables } from "./variables.js";
import { namesIn } from "./words.js";

/**
 * What a piece of code starts:
 * `io`: work that takes a connection, a file or the like, as far as `evidence`
 * goes, `call` being what starts it; `gated`: work that a limiter, a pool or a
 * single connection bounds; `unknown`: nothing that anybody waits for.
 */
export type AsyncWork =
  | {
      readonly kind: "io";
      readonly call: TSESTree.Node;
      readonly evidence: Evidence;
      /** Whether a pool of connections makes what is too much wait. */
      readonly isPooled: boolean;
    }
  | { readonly kind: "gated" }
  | { readonly kind: "unknown" };

const unknown: AsyncWork = { kind: "unknown" };
const gated: AsyncWork = { kind: "gated" };

/** How many calls deep functions of the same file are looked into. */
const maxDepth = 3;

export interface WorkAnalysis {
  /** What calling `callback` starts. */
  ofCallback(callback: TSESTree.Node): AsyncWork;
  /** What evaluating `expression`, whose value is a promise, starts. */
  ofExpression(expression: TSESTree.Node): AsyncWork;
}

export function workAnalysis(
  { visitorKeys }: TSESLint.SourceCode,
  variables: Variables,
): WorkAnalysis {
  const byDepth = Array.from(
    { length: maxDepth + 1 },
    () => new Map<FunctionNode, AsyncWork>(),
  );
  return {
    ofCallback: (callback) => ofCallee(callback, maxDepth),
    ofExpression: (expression) => ofCode(expression, maxDepth),
  };

  function ofCallee(node: TSESTree.Node, depth: number): AsyncWork {
    const callee = unwrap(node);
    if (isFunction(callee)) return ofFunction(callee, depth);
    const bound = boundFunction(callee);
    if (bound) return ofCallee(bound, depth);
    const names = namesIn(callee);
    if (isOfConnection(callee) || isOverOneConnection(callee, variables)) {
      return gated;
    }
    const local = localFunction(callee, variables);
    if (local) return named(ofFunction(local, depth - 1), names);
    const origin = originOf(callee, variables, visitorKeys);
    if ((origin && isGateModule(origin)) || isGate(names)) return gated;
    if (origin && isIo(origin)) {
      return {
        kind: "io",
        call: callee,
        evidence: "sure",
        isPooled: isPooled(origin),
      };
    }
    if (origin && isQueued(origin)) {
      return { kind: "io", call: callee, evidence: "possible", isPooled: true };
    }
    if (origin && isKnownModule(origin)) return unknown;
    const made = madeBy(callee);
    // What a call made, a wrapper perhaps, may well be limited.
    if (made) return isGate(namesIn(made)) ? gated : unknown;
    return { kind: "io", call: callee, ...ioByName(names) };
  }

  function ofFunction(fn: FunctionNode, depth: number): AsyncWork {
    const known = byDepth[depth]?.get(fn);
    if (known) return known;
    const work = ofCode(fn.body, depth);
    byDepth[depth]?.set(fn, work);
    return work;
  }

  /** The best evidence of I/O in `code`, unless something in it is gated. */
  function ofCode(code: TSESTree.Node, depth: number): AsyncWork {
    if (depth === 0) return unknown;
    let found = unknown;
    for (const node of descendantsOf(code, visitorKeys)) {
      if (node.type !== "CallExpression") continue;
      const work = ofCall(node, code, depth);
      if (work.kind === "gated") return gated;
      if (work.kind === "io") found = better(found, work);
    }
    return found;
  }

  function ofCall(
    call: TSESTree.CallExpression,
    code: TSESTree.Node,
    depth: number,
  ): AsyncWork {
    const callee = unwrap(call.callee);
    // The body of a function that is called on the spot is looked at anyway.
    if (isFunction(callee)) return unknown;
    if (call.arguments.some((each) => isConnectionArgument(each, variables))) {
      return gated;
    }
    const isLimitOfQuery =
      callee.type === "MemberExpression" &&
      memberName(callee) === "limit" &&
      !call.arguments.some((argument) => isFunction(unwrap(argument)));
    const work = ofCallee(isLimitOfQuery ? callee.object : callee, depth);
    if (work.kind !== "io") return work;
    // What is only given to a call that is waited for may be any value.
    const isHandedOn = work.evidence !== "possible";
    if (isIdle(namesIn(callee))) return unknown;
    switch (waitFor(call, code, isHandedOn)) {
      case "none":
        return unknown;
      case "by another":
        return { ...work, call, evidence: "possible" };
      case "plain":
        return { ...work, call };
    }
  }

  /** The call whose result `callee` is. */
  function madeBy(callee: TSESTree.Node): TSESTree.Node | undefined {
    if (callee.type === "CallExpression") return callee;
    if (callee.type !== "Identifier") return undefined;
    const variable = variables.get(callee);
    const init = variable && constantInit(variable);
    return init && unwrap(init);
  }
}

/** `this.query(…)` in a class that is one connection. */
function isOfConnection(callee: TSESTree.Node): boolean {
  if (
    callee.type !== "MemberExpression" ||
    callee.object.type !== "ThisExpression"
  ) {
    return false;
  }
  const owner = enclosingClass(callee)?.parent;
  return owner?.id ? isConnectionClass(owner.id.name) : false;
}

/** What a function of this file starts, by its body and by its name. */
function named(work: AsyncWork, names: readonly string[]): AsyncWork {
  return work.kind === "io"
    ? { ...work, evidence: stronger(work.evidence, ioByName(names).evidence) }
    : work;
}

function better(a: AsyncWork, b: AsyncWork & { kind: "io" }): AsyncWork {
  if (a.kind !== "io") return b;
  const isStronger =
    a.evidence !== b.evidence &&
    stronger(a.evidence, b.evidence) === b.evidence;
  return isStronger ? b : a;
}

/** `fn` of `fn.bind(…)`. */
function boundFunction(callee: TSESTree.Node): TSESTree.Node | undefined {
  return callee.type === "CallExpression" &&
    callee.callee.type === "MemberExpression" &&
    memberName(callee.callee) === "bind"
    ? callee.callee.object
    : undefined;
}

/**
 * How the promise of `code` waits for this call within it, also where it is
 * `isHandedOn` to another call that is waited for. `by another`: it is started
 * by a function that is given to another call, which may let it wait.
 */
function waitFor(
  call: TSESTree.CallExpression,
  code: TSESTree.Node,
  isHandedOn: boolean,
): "none" | "plain" | "by another" {
  let node: TSESTree.Node = wrapped(call);
  let way: "plain" | "by another" = "plain";
  for (;;) {
    if (node === code) return way;
    const parent: TSESTree.Node | undefined = node.parent;
    switch (parent?.type) {
      case "AwaitExpression":
      case "ReturnStatement": {
        const fn = enclosingFunction(parent);
        if (!fn || !contains(code, fn)) return way;
        // It is waited for within a function, and that by whom?
        node = fn;
        break;
      }
      // `fetch(url).then(…)` waits as well.
      case "MemberExpression":
        if (!/^(then|catch|finally)$/.test(memberName(parent) ?? "")) {
          return "none";
        }
        node = wrapped(wrapped(parent).parent ?? parent);
        break;
      case "ConditionalExpression":
      case "LogicalExpression":
        node = wrapped(parent);
        break;
      // `Promise.all([fetch(a), fetch(b)])`, `retry(() => fetch(a))`.
      case "ArrayExpression":
      case "ArrowFunctionExpression":
        if (!isHandedOn) return "none";
        node = wrapped(parent);
        break;
      case "CallExpression":
        if (!isHandedOn) return "none";
        if (
          isFunction(node) &&
          parent.callee !== node &&
          !isTransparent(namesIn(parent.callee))
        ) {
          way = "by another";
        }
        node = wrapped(parent);
        break;
      default:
        return "none";
    }
  }
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { httpClients, isIoName, limiterName } from "./io-names.js";
import {
  descendantsOf,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import { constantInit, type Variables } from "./variables.js";

/**
 * What calling a callback starts:
 * `io`: work that takes a connection, a file or the like, `call` being the
 * evidence; `gated`: work that a limiter bounds; `unknown`: nothing is known.
 */
export type AsyncWork =
  | { readonly kind: "io"; readonly call: TSESTree.Node }
  | { readonly kind: "gated" }
  | { readonly kind: "unknown" };

const unknown: AsyncWork = { kind: "unknown" };
const gated: AsyncWork = { kind: "gated" };

/** How many calls deep functions of the same file are looked into. */
const maxDepth = 3;

export function workOf(
  callback: TSESTree.Node,
  { visitorKeys }: TSESLint.SourceCode,
  variables: Variables,
): AsyncWork {
  return ofCallee(callback, maxDepth);

  function ofCallee(node: TSESTree.Node, depth: number): AsyncWork {
    const callee = unwrap(node);
    if (isFunction(callee)) return ofFunction(callee, depth);
    const names = namesIn(callee);
    if (names.some((name) => limiterName.test(name))) return gated;
    if (callee.type === "Identifier") {
      const local = localFunction(callee);
      if (local) return depth > 0 ? ofFunction(local, depth - 1) : unknown;
      const variable = variables.get(callee);
      // What a call made, a wrapper perhaps, may well be limited.
      if (variable && constantInit(variable)) return unknown;
    }
    return isIo(names) ? { kind: "io", call: callee } : unknown;
  }

  function ofFunction(fn: FunctionNode, depth: number): AsyncWork {
    let found = unknown;
    for (const node of descendantsOf(fn.body, visitorKeys)) {
      if (node.type !== "CallExpression") continue;
      const work = ofCall(node, fn, depth);
      if (work.kind === "gated") return gated;
      if (found.kind === "unknown") found = work;
    }
    return found;
  }

  function ofCall(
    call: TSESTree.CallExpression,
    fn: FunctionNode,
    depth: number,
  ): AsyncWork {
    const work = isFunction(unwrap(call.callee))
      ? unknown
      : ofCallee(call.callee, depth);
    if (work.kind !== "io" || !isWaitedFor(call, fn)) {
      return work.kind === "gated" ? gated : unknown;
    }
    return { kind: "io", call };
  }

  function localFunction(name: TSESTree.Identifier): FunctionNode | undefined {
    const variable = variables.get(name);
    const definition = variable?.defs[0]?.node;
    if (isFunction(definition)) return definition;
    const init = variable && constantInit(variable);
    const value = init && unwrap(init);
    return isFunction(value) ? value : undefined;
  }
}

/** Whether the promise of the callback waits for this call. */
function isWaitedFor(call: TSESTree.CallExpression, fn: FunctionNode): boolean {
  let node: TSESTree.Node = wrapped(call);
  for (;;) {
    const parent: TSESTree.Node | undefined = node.parent;
    switch (parent?.type) {
      case "AwaitExpression":
      case "ReturnStatement":
        return true;
      case "ArrowFunctionExpression":
        return parent === fn && parent.body === node;
      // `fetch(url).then(…)` waits as well.
      case "MemberExpression":
        if (!/^(then|catch|finally)$/.test(memberName(parent) ?? "")) {
          return false;
        }
        node = wrapped(wrapped(parent).parent ?? parent);
        break;
      case "ConditionalExpression":
      case "LogicalExpression":
        node = wrapped(parent);
        break;
      default:
        return false;
    }
  }
}

/** The names a callee is made of: `db`, `users`, `find` for `db.users.find`. */
function namesIn(callee: TSESTree.Node): string[] {
  const expression = unwrap(callee);
  switch (expression.type) {
    case "Identifier":
      return [expression.name];
    case "MemberExpression": {
      const name = memberName(expression);
      return [...namesIn(expression.object), ...(name ? [name] : [])];
    }
    case "CallExpression":
      return namesIn(expression.callee);
    default:
      return [];
  }
}

function isIo(names: readonly string[]): boolean {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return false;
  return httpClients.has(first) || isIoName(last);
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { protocols } from "../protocols/index.js";
import type { Protocol, ScopedForm } from "../protocols/protocol.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  descendantsOf,
  type FunctionNode,
  isFunction,
  memberName,
} from "./tree.js";
import { variablesOf } from "./variables.js";

/** `mutex.runExclusive(fn)`: a library's form that acquires, runs, releases. */
export interface ScopedCall {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly protocol: Protocol;
  readonly form: ScopedForm;
  /** The function that runs with the permit, where it is written in place. */
  readonly callback: FunctionNode | undefined;
}

const methods = new Set(
  protocols.flatMap(({ scoped }) => (scoped ? [scoped.method] : [])),
);
const cache = new WeakMap<TSESLint.SourceCode, readonly ScopedCall[]>();

/** The calls of scoped forms in a file, in source order; cached. */
export function scopedCallsOf(
  sourceCode: TSESLint.SourceCode,
): readonly ScopedCall[] {
  let calls = cache.get(sourceCode);
  if (!calls) {
    calls = [...methods].some((name) => sourceCode.text.includes(name))
      ? [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(
          (node) => scopedCall(node, sourceCode) ?? [],
        )
      : [];
    cache.set(sourceCode, calls);
  }
  return calls;
}

function scopedCall(
  call: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): ScopedCall | undefined {
  if (call.type !== "CallExpression") return undefined;
  const { callee } = call;
  if (callee.type !== "MemberExpression") return undefined;
  const name = memberName(callee);
  if (name === undefined || !methods.has(name)) return undefined;
  const receiver = callee.object;
  const variables = variablesOf(sourceCode);
  const protocol = receiverProtocol(receiver, sourceCode, variables);
  const form = protocol?.scoped;
  if (!form || form.method !== name) return undefined;
  const callback = call.arguments[form.callback ?? 0];
  return {
    call,
    receiver,
    protocol,
    form,
    callback: isFunction(callback) ? callback : undefined,
  };
}

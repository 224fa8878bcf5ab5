import type { TSESTree } from "@typescript-eslint/types";
import type { Protocol, ScopedForm } from "../protocols/protocol.js";
import { type File, perFile } from "./file.js";
import { mentionsOf } from "./mentions.js";
import { nodesIn } from "./nodes.js";
import { receiverProtocol } from "./receiver-protocol.js";
import { type FunctionNode, isFunction, memberName } from "./tree.js";

/** `mutex.runExclusive(fn)`: a library's form that acquires, runs, releases. */
export interface ScopedCall {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly protocol: Protocol;
  readonly form: ScopedForm;
  /** The function that runs with the permit, where it is written in place. */
  readonly callback: FunctionNode | undefined;
}

/** The calls of scoped forms in a file, in source order; cached. */
export const scopedCallsIn = perFile((file): readonly ScopedCall[] => {
  return mentionsOf(file).runsScoped
    ? nodesIn(file).calls.flatMap((call) => scopedCall(call, file) ?? [])
    : [];
});

function scopedCall(
  call: TSESTree.CallExpression,
  file: File,
): ScopedCall | undefined {
  const { callee } = call;
  if (callee.type !== "MemberExpression") return undefined;
  const name = memberName(callee);
  if (name === undefined || !file.table.scopedMethods.has(name))
    return undefined;
  const receiver = callee.object;
  const protocol = receiverProtocol(receiver, file);
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

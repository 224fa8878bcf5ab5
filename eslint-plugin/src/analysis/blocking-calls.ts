import type { TSESTree } from "@typescript-eslint/types";
import type { File } from "./file.js";
import { importedName } from "./imported-name.js";
import { permitFactsOf } from "./permit-facts.js";
import { scopedCallsIn } from "./scoped-calls.js";
import { descendantsOf, enclosingFunction, memberName } from "./tree.js";

/** A call that stops the whole thread while a permit is held. */
export interface BlockingCall {
  readonly call: TSESTree.CallExpression;
  /** The call that acquired the permit. */
  readonly acquire: TSESTree.CallExpression;
}

/**
 * Functions of Node's modules that run for as long as a program runs or as their
 * data is long. What only looks at a file, or changes its entry, is over at once.
 */
const blocking: Readonly<Record<string, RegExp>> = {
  child_process: /Sync$/,
  crypto: /^(checkPrime|generate\w+|hkdf|pbkdf2|scrypt)Sync$/,
  fs: /^((append|copy|read|write)File|cp|fsync|fdatasync|readv?|writev?)Sync$/,
  zlib: /Sync$/,
};

/** The calls in a file that block the thread while a permit is held. */
export function blockingCallsOf(file: File): BlockingCall[] {
  const { sourceCode } = file;
  const found = new Map<TSESTree.CallExpression, BlockingCall>();
  const note = (node: TSESTree.Node, acquire: TSESTree.CallExpression) => {
    if (node.type === "CallExpression" && blocks(node, file)) {
      found.set(node, { call: node, acquire });
    }
  };
  for (const { site, outcome } of permitFactsOf(file)) {
    for (const node of outcome?.heldAt.keys() ?? []) note(node, site.call);
  }
  for (const { call, callback } of scopedCallsIn(file)) {
    if (!callback) continue;
    for (const node of descendantsOf(callback.body, sourceCode.visitorKeys)) {
      if (enclosingFunction(node) === callback) note(node, call);
    }
  }
  return [...found.values()].sort((a, b) => a.call.range[0] - b.call.range[0]);
}

function blocks(call: TSESTree.CallExpression, file: File): boolean {
  const { variables } = file;
  const { callee } = call;
  const origin = importedName(callee, variables);
  if (origin) {
    const names = blocking[origin.module.replace(/^node:/, "")];
    return names?.test(origin.name) === true && !readsOwnFile(call, file);
  }
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Atomics" &&
    memberName(callee) === "wait"
  );
}

/** Whether a call is of a file that comes with the program, as one reads at its start. */
function readsOwnFile(
  call: TSESTree.CallExpression,
  { sourceCode }: File,
): boolean {
  return call.arguments.some((argument) =>
    [...descendantsOf(argument, sourceCode.visitorKeys)].some(
      (node) =>
        node.type === "MetaProperty" ||
        (node.type === "Identifier" &&
          /^__(dirname|filename)$/.test(node.name)),
    ),
  );
}

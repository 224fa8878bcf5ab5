import type { TSESTree } from "@typescript-eslint/types";
import type { File } from "./file.js";
import { importedName } from "./imported-name.js";
import { permitFactsOf } from "./permit-facts.js";
import { scopedCallsIn } from "./scoped-calls.js";
import { descendantsOf, enclosingFunction, memberName } from "./tree.js";
import type { Variables } from "./variables.js";

/** A call that stops the whole thread while a permit is held. */
export interface BlockingCall {
  readonly call: TSESTree.CallExpression;
  /** The call that acquired the permit. */
  readonly acquire: TSESTree.CallExpression;
}

/** Node's modules whose functions that end in `Sync` block. */
const modules = new Set(
  ["child_process", "crypto", "fs", "zlib"].flatMap((name) => [
    name,
    `node:${name}`,
  ]),
);

/** The calls in a file that block the thread while a permit is held. */
export function blockingCallsOf(file: File): BlockingCall[] {
  const { sourceCode, variables } = file;
  const found = new Map<TSESTree.CallExpression, BlockingCall>();
  const note = (node: TSESTree.Node, acquire: TSESTree.CallExpression) => {
    if (node.type === "CallExpression" && blocks(node, variables)) {
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

function blocks(
  { callee }: TSESTree.CallExpression,
  variables: Variables,
): boolean {
  const origin = importedName(callee, variables);
  if (origin) return modules.has(origin.module) && origin.name.endsWith("Sync");
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Atomics" &&
    memberName(callee) === "wait"
  );
}

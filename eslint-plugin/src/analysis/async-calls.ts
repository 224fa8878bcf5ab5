import type { TSESTree } from "@typescript-eslint/types";
import {
  enclosingClassBody,
  isFunction,
  keyName,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import { constantFunction, type Variables } from "./variables.js";

/**
 * Whether a call is known to return a promise: of `fetch`, of an async function
 * of this file, or of an async method of the class around it.
 */
export function returnsPromise(
  node: TSESTree.Node,
  variables: Variables,
): boolean {
  const call = unwrap(node);
  if (call.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") {
    const variable = variables.get(callee);
    if (!variable || variable.defs.length === 0) return callee.name === "fetch";
    return isAsync(constantFunction(variable));
  }
  if (
    callee.type !== "MemberExpression" ||
    callee.object.type !== "ThisExpression"
  ) {
    return false;
  }
  const name = memberName(callee);
  return (
    enclosingClassBody(call)?.body.some(
      (member) =>
        member.type === "MethodDefinition" &&
        member.kind === "method" &&
        !member.computed &&
        keyName(member.key) === name &&
        isAsync(member.value),
    ) ?? false
  );
}

/** Whether somebody takes what a call returns for a promise: `save().catch(f)`. */
export function isUsedAsPromise(node: TSESTree.Node): boolean {
  const value = wrapped(node);
  const { parent } = value;
  return (
    parent?.type === "MemberExpression" &&
    parent.object === value &&
    /^(?:then|catch|finally)$/.test(memberName(parent) ?? "")
  );
}

/** Whether calling the function returns a promise, as its own word says. */
export function isAsync(node: TSESTree.Node | undefined): boolean {
  return isFunction(node) && node.async && !node.generator;
}

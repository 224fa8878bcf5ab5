import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { homeMadeShapes } from "../protocols/home-made.js";
import type { AcquireForm, Protocol } from "../protocols/protocol.js";
import { descendantsOf, isFunction, keyName, unwrap } from "./tree.js";

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/**
 * The protocol of a class that is a semaphore by its shape: a method that
 * returns a promise of a permit, and one that takes the permit back.
 */
export function homeMadeProtocol(
  { body: { body } }: ClassNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): Protocol | undefined {
  const methods = new Map<string, TSESTree.Node>();
  for (const member of body) {
    if (
      (member.type === "MethodDefinition" ||
        member.type === "PropertyDefinition") &&
      !member.static &&
      isFunction(member.value ?? undefined)
    ) {
      const name = keyName(member.key);
      if (name !== undefined && member.value) methods.set(name, member.value);
    }
  }
  for (const row of homeMadeShapes) {
    const [form] = row.acquire;
    const acquire = form && methods.get(form.method);
    if (!acquire || !isFunction(acquire)) continue;
    const handsOut = handsOutRelease(acquire, visitorKeys);
    const taken = namesOf(form).find((name) => methods.has(name));
    if (!returnsPromise(acquire, visitorKeys)) continue;
    if (handsOut) {
      return {
        ...row,
        acquire: [
          {
            ...form,
            permit: {
              kind: "releaser",
              ...(taken !== undefined && { receiverRelease: taken }),
            },
          },
        ],
      };
    }
    if (taken !== undefined) {
      return {
        ...row,
        acquire: [{ ...form, permit: { kind: "receiver", release: [taken] } }],
      };
    }
  }
  return undefined;
}

function namesOf({ permit }: AcquireForm): readonly string[] {
  return permit.kind === "receiver" ? permit.release : [];
}

function returnsPromise(
  fn: TSESTree.FunctionExpression | TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  if (!isFunction(fn)) return false;
  if (fn.async) return true;
  for (const node of descendantsOf(fn, visitorKeys)) {
    if (node.type === "Identifier" && node.name === "Promise") return true;
  }
  return false;
}

/** Whether the permit is a function: it is returned, or resolved with. */
function handsOutRelease(
  fn: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  for (const node of descendantsOf(fn, visitorKeys)) {
    const value =
      node.type === "ReturnStatement"
        ? node.argument
        : node.type === "CallExpression" &&
            node.callee.type === "Identifier" &&
            node.callee.name.startsWith("res")
          ? node.arguments[0]
          : undefined;
    if (value && isFunction(unwrap(value))) return true;
    if (node.type === "TSFunctionType" && isPromised(node)) return true;
  }
  return false;
}

/** `Promise<() => void>` as the type that a function returns. */
function isPromised(type: TSESTree.Node): boolean {
  const { parent } = type;
  return (
    parent?.type === "TSTypeParameterInstantiation" &&
    parent.parent.type === "TSTypeReference" &&
    parent.parent.typeName.type === "Identifier" &&
    parent.parent.typeName.name === "Promise"
  );
}

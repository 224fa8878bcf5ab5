import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

export function isFunction(
  node: TSESTree.Node | undefined,
): node is FunctionNode {
  return (
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression"
  );
}

/** `(() => { … })()`, run to its end before the code around it goes on. */
export function isCalledAtOnce(fn: FunctionNode): boolean {
  const { parent: call } = fn;
  if (call.type !== "CallExpression" || call.callee !== fn) return false;
  return !fn.generator && (!fn.async || call.parent.type === "AwaitExpression");
}

/** The function whose code `node` is, or undefined at the top of the file. */
export function enclosingFunction(
  node: TSESTree.Node,
): FunctionNode | undefined {
  let current = node.parent;
  while (current && !isFunction(current)) {
    // A field initialiser or static block runs on its own, not with the
    // function around the class.
    if (current.type === "PropertyDefinition") return undefined;
    if (current.type === "StaticBlock") return undefined;
    current = current.parent;
  }
  return current;
}

/** The body of the innermost class around `node`, if any. */
export function enclosingClassBody(
  node: TSESTree.Node,
): TSESTree.ClassBody | undefined {
  let current = node.parent;
  while (current && current.type !== "ClassBody") current = current.parent;
  return current;
}

export type Wrapper =
  | TSESTree.ChainExpression
  | TSESTree.TSAsExpression
  | TSESTree.TSInstantiationExpression
  | TSESTree.TSNonNullExpression
  | TSESTree.TSSatisfiesExpression
  | TSESTree.TSTypeAssertion;

/** Whether `node` only wraps an expression and has its value: `x!`, `x as T`. */
export function isWrapper(node: TSESTree.Node): node is Wrapper {
  switch (node.type) {
    case "ChainExpression":
    case "TSAsExpression":
    case "TSInstantiationExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return true;
    default:
      return false;
  }
}

/** The expression inside every wrapper around it. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

/** The outermost node that still only wraps `node`. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && isWrapper(current.parent)) current = current.parent;
  return current;
}

/** A member's name where it is written down: `a.b`, `a["b"]`, `a[1]`, `a.#b`. */
export function memberName(
  node: TSESTree.MemberExpression,
): string | undefined {
  if (!node.computed) return keyName(node.property);
  return node.property.type === "Literal"
    ? String(node.property.value)
    : undefined;
}

/** The last name of what is called: `find` for `find()` and `users.find()`. */
export function calleeName(callee: TSESTree.Node): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

/** `==`, `===`, `!=` or `!==`. */
export function isEquality({ operator }: TSESTree.BinaryExpression): boolean {
  return /^[!=]==?$/.test(operator);
}

/** The name of a property's, a field's or a method's key. */
export function keyName(key: TSESTree.Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Literal") return String(key.value);
  return undefined;
}

/** Every child of `node` in source order. */
export function* childrenOf(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): Generator<TSESTree.Node> {
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const item of child as (TSESTree.Node | null)[]) {
        if (item) yield item;
      }
    } else if (child) {
      yield child as TSESTree.Node;
    }
  }
}

/**
 * `node` and all below it in source order, parents before children; without
 * recursion, since code may nest deeper than the stack.
 */
export function descendantsOf(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  const stack = [node];
  for (let current = stack.pop(); current; current = stack.pop()) {
    found.push(current);
    const keys = visitorKeys[current.type] ?? [];
    for (let key = keys.length - 1; key >= 0; key--) {
      const child = (current as unknown as Record<string, unknown>)[keys[key]!];
      if (Array.isArray(child)) {
        const children = child as (TSESTree.Node | null)[];
        for (let index = children.length - 1; index >= 0; index--) {
          const item = children[index];
          if (item) stack.push(item);
        }
      } else if (child) {
        stack.push(child as TSESTree.Node);
      }
    }
  }
  return found;
}

export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

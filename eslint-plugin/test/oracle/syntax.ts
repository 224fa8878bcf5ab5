import type { TSESTree } from "@typescript-eslint/types";
import type { TSESLint } from "@typescript-eslint/utils";

/** Every child of `node`. */
export function childrenOf(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): TSESTree.Node[] {
  const fields = node as unknown as Record<string, unknown>;
  return (visitorKeys[node.type] ?? [])
    .flatMap((key) => fields[key] as TSESTree.Node | TSESTree.Node[] | null)
    .filter((child) => child !== null && child !== undefined);
}

/** The expression inside an optional chain. */
export function unwrapChain(node: TSESTree.Node): TSESTree.Node {
  return node.type === "ChainExpression" ? node.expression : node;
}

/** `promise.then(…)`, `promise.catch(…)`, `promise.finally(…)`. */
export function isLink(node: TSESTree.Node): node is TSESTree.CallExpression {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    node.callee.property.type === "Identifier" &&
    /^(then|catch|finally)$/.test(node.callee.property.name)
  );
}

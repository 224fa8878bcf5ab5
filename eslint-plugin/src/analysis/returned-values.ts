import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { childrenOf, type FunctionNode, isFunction } from "./tree.js";

/** What a function returns, those within it aside. */
export function returnedBy(
  { body }: FunctionNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): TSESTree.Node[] {
  if (body.type !== "BlockStatement") return [body];
  const returned: TSESTree.Node[] = [];
  collect(body);
  return returned;

  function collect(node: TSESTree.Node): void {
    if (isFunction(node)) return;
    if (node.type === "ReturnStatement") {
      if (node.argument) returned.push(node.argument);
      return;
    }
    for (const child of childrenOf(node, visitorKeys)) collect(child);
  }
}

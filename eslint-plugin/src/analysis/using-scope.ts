import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import { contains, wrapped } from "./tree.js";

/** Whether a node comes under the `using` declaration that holds a permit. */
export function isUnderUsing(
  { permit }: AcquireSite,
  node: TSESTree.Node,
): boolean {
  const declarator = permit && wrapped(permit).parent;
  if (
    declarator?.type !== "VariableDeclarator" ||
    !declarator.parent.kind.endsWith("using")
  ) {
    return false;
  }
  const block = declarator.parent.parent;
  return (
    block !== undefined &&
    contains(block, node) &&
    node.range[0] > declarator.range[1]
  );
}

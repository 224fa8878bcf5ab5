import type { TSESTree } from "@typescript-eslint/types";
import { wrapped } from "../analysis/tree.js";

/** A statement that does nothing but release, perhaps on a condition. */
export type ReleaseStatement =
  TSESTree.ExpressionStatement | ConditionalRelease;

/** `if (isOurs) permit.release();` */
export type ConditionalRelease = TSESTree.IfStatement;

/** The statement that does nothing but make a releasing call. */
export function releaseStatement(
  release: TSESTree.CallExpression,
): TSESTree.ExpressionStatement | undefined {
  let node: TSESTree.Node = wrapped(release);
  if (
    node.parent?.type === "AwaitExpression" ||
    (node.parent?.type === "UnaryExpression" && node.parent.operator === "void")
  ) {
    node = node.parent;
  }
  return node.parent?.type === "ExpressionStatement" ? node.parent : undefined;
}

/** The same, with the `if` around it that does nothing else. */
export function wholeReleaseStatement(
  release: TSESTree.CallExpression,
): ReleaseStatement | undefined {
  const statement = releaseStatement(release);
  if (!statement) return undefined;
  const { parent } = statement;
  const branch =
    parent.type === "BlockStatement" && parent.body.length === 1
      ? parent
      : statement;
  const conditional = branch.parent;
  return conditional.type === "IfStatement" &&
    conditional.consequent === branch &&
    conditional.alternate === null
    ? conditional
    : statement;
}

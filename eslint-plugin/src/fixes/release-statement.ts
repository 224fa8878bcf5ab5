import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import type { PermitShape } from "../protocols/protocol.js";
import { enclosingFunction, wrapped } from "../analysis/tree.js";

/**
 * A statement that does nothing but release, perhaps on a condition, and
 * perhaps leave the function.
 */
export type ReleaseStatement = SoleRelease | ConditionalRelease;

/** `permit.release();` or `return permit.release();` */
export type SoleRelease = TSESTree.ExpressionStatement | ReturnedRelease;

/** `return permit.release();`, which returns nothing. */
export type ReturnedRelease = TSESTree.ReturnStatement;

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
): TSESTree.ExpressionStatement | ConditionalRelease | undefined {
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

/**
 * The statement that returns what a releasing call comes to, where that is
 * nothing, so that the release may go and the `return` stay.
 */
export function returnedRelease(
  release: TSESTree.CallExpression,
  { site, owner }: Pick<Leak, "owner" | "site">,
): ReturnedRelease | undefined {
  const shape = site.form.permit;
  if (!shape.givesNothing) return undefined;
  if (!owner.async && mayBePromised(release, shape)) return undefined;
  let node: TSESTree.Node = wrapped(release);
  if (node.parent?.type === "AwaitExpression") node = wrapped(node.parent);
  const statement = node.parent;
  return statement?.type === "ReturnStatement" &&
    enclosingFunction(statement) === owner
    ? statement
    : undefined;
}

/** Whether a release may be over only once it is awaited. */
export function mayBePromised(
  { callee }: TSESTree.CallExpression,
  shape: PermitShape,
): boolean {
  if (shape.awaitRelease) return true;
  // Of the other names the protocol doesn't say.
  return (
    "release" in shape &&
    callee.type === "MemberExpression" &&
    !(
      callee.property.type === "Identifier" &&
      callee.property.name === shape.release[0]
    )
  );
}

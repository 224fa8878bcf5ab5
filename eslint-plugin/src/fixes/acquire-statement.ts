import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import { wrapped } from "../analysis/tree.js";

/** `await sem.acquire();` or `const permit = await sem.acquire();` */
export type AcquireStatement =
  TSESTree.ExpressionStatement | TSESTree.VariableDeclaration;

/** The statement that does nothing but acquire, and perhaps name the permit. */
export function acquireStatement({
  site,
}: Pick<Leak, "site">): AcquireStatement | undefined {
  if (!site.permit || site.use === "then" || site.form.mayFail) {
    return undefined;
  }
  const value = wrapped(site.permit);
  const { parent } = value;
  if (parent?.type === "ExpressionStatement") return parent;
  if (parent?.type !== "VariableDeclarator" || parent.init !== value) {
    return undefined;
  }
  const declaration = parent.parent;
  return declaration.declarations.length === 1 &&
    (declaration.kind === "const" || declaration.kind === "let")
    ? declaration
    : undefined;
}

/**
 * The statement that ends with an acquire, on a condition perhaps:
 * `conn ??= await pool.connect();`, `const conn = given ?? await pool.connect();`
 * or `if (!conn) { conn = await pool.connect(); }`.
 */
export function statementEndingWithAcquire({
  site,
}: Leak): TSESTree.Statement | undefined {
  if (!site.permit || site.use === "then" || site.form.mayFail) {
    return undefined;
  }
  let value = wrapped(site.permit);
  while (isLastOperand(value, value.parent)) value = wrapped(value.parent);
  const { parent } = value;
  switch (parent?.type) {
    case "ExpressionStatement":
      return outermostEndingWith(parent);
    case "VariableDeclarator":
      return parent.init === value &&
        parent === parent.parent.declarations.at(-1)
        ? outermostEndingWith(parent.parent)
        : undefined;
    default:
      return undefined;
  }
}

/** Whether nothing is left to do of an expression once a part of it is done. */
function isLastOperand(
  part: TSESTree.Node,
  whole: TSESTree.Node | undefined,
): whole is TSESTree.Expression {
  switch (whole?.type) {
    case "AssignmentExpression":
      return whole.right === part && whole.left.type === "Identifier";
    case "ConditionalExpression":
      return whole.test !== part;
    case "LogicalExpression":
      return whole.right === part;
    default:
      return false;
  }
}

/** The outermost `if` of which a statement is the last of a branch. */
function outermostEndingWith(
  statement: TSESTree.Statement,
): TSESTree.Statement {
  const { parent } = statement;
  const branch =
    parent.type === "BlockStatement" && parent.body.at(-1) === statement
      ? parent
      : statement;
  return branch.parent?.type === "IfStatement"
    ? outermostEndingWith(branch.parent)
    : statement;
}

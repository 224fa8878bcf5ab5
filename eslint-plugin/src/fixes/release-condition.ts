import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "../analysis/access-path.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
} from "../analysis/tree.js";
import { type Reference, variablesOf } from "../analysis/variables.js";
import type { ReleaseStatement } from "./release-statement.js";

/**
 * Whether all releases have the same condition, or none has any: then one of
 * them can stand for all.
 */
export function haveOneCondition(
  releases: readonly ReleaseStatement[],
  sourceCode: TSESLint.SourceCode,
): boolean {
  const conditions = releases.map((release) =>
    release.type === "IfStatement" ? sourceCode.getText(release.test) : "",
  );
  return new Set(conditions).size <= 1;
}

/**
 * Whether the condition of a release comes out, wherever the statements before
 * it throw, as it does behind them: it calls nothing, and neither they nor a
 * function that they may call assign what it reads.
 */
export function isSteadyCondition(
  { test }: TSESTree.IfStatement,
  statements: readonly TSESTree.Statement[],
  sourceCode: TSESLint.SourceCode,
): boolean {
  const { visitorKeys } = sourceCode;
  const variables = variablesOf(sourceCode);
  const owner = enclosingFunction(test);
  const mayAssign = ({ identifier }: Reference) =>
    enclosingFunction(identifier) !== owner ||
    statements.some((statement) => contains(statement, identifier));
  const members = new Set<string>();
  for (const node of descendantsOf(test, visitorKeys)) {
    switch (node.type) {
      case "AssignmentExpression":
      case "AwaitExpression":
      case "CallExpression":
      case "NewExpression":
      case "UpdateExpression":
      case "YieldExpression":
        return false;
      case "Identifier": {
        const { references = [] } = variables.get(node) ?? {};
        if (references.some((each) => isAssignment(each) && mayAssign(each))) {
          return false;
        }
        break;
      }
      case "MemberExpression": {
        const path = accessPath(node, variables);
        if (path !== undefined) members.add(path);
      }
    }
  }
  return statements.every((statement) =>
    descendantsOf(statement, visitorKeys).every((node) => {
      if (node.type !== "AssignmentExpression") return true;
      const path = accessPath(node.left, variables);
      return path === undefined || !members.has(path);
    }),
  );
}

function isAssignment(reference: Reference): boolean {
  return reference.isWrite() && !reference.init;
}

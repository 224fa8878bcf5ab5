import type { TSESLint } from "@typescript-eslint/utils";
import type { ReassignedSemaphore } from "../analysis/facts.js";
import { type Edit, replace } from "./edit.js";

/**
 * `sem.resize(n);` for `sem = new Semaphore(n);`, where the library can change a
 * limit and the construction says no more than that.
 */
export function resizeSemaphore(
  { assignment, construction, protocol }: ReassignedSemaphore,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const [limit] = construction.arguments;
  if (
    protocol.resize === undefined ||
    construction.arguments.length !== 1 ||
    !limit ||
    limit.type === "SpreadElement" ||
    limit.type === "ObjectExpression" ||
    assignment.parent.type !== "ExpressionStatement" ||
    sourceCode.getCommentsInside(assignment).length >
      sourceCode.getCommentsInside(limit).length
  ) {
    return undefined;
  }
  const place = sourceCode.getText(assignment.left);
  const argument = sourceCode.getText(limit);
  return [replace(assignment, `${place}.${protocol.resize}(${argument})`)];
}

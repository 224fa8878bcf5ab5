import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { excerpt } from "./excerpt.js";
import type { Trail } from "./state.js";
import type { FunctionNode } from "./tree.js";

/** One stop on the way of a permit through the code. */
export interface PathStep {
  readonly loc: TSESTree.SourceLocation;
  /** What happens there, in words: "`save(row)` may throw". */
  readonly reason: string;
}

/** The steps of a trail, oldest first. */
export function stepsOf(trail: Trail | undefined): Trail[] {
  const steps: Trail[] = [];
  for (let at = trail; at; at = at.before) steps.unshift(at);
  return steps;
}

/**
 * A leaking path in words. `leaving` is the function at whose end it
 * leaves; undefined where its last step says so already.
 */
export function pathOf(
  steps: readonly Trail[],
  leaving: FunctionNode | undefined,
  sourceCode: TSESLint.SourceCode,
): PathStep[] {
  const path = steps.map((step) => ({
    loc: step.step === "caught" ? headOf(step.node) : step.node.loc,
    reason: reasonOf(step, sourceCode),
  }));
  if (leaving) {
    const { end } = leaving.loc;
    path.push({
      loc: { start: { ...end, column: Math.max(0, end.column - 1) }, end },
      reason: "leaves here still holding the permit",
    });
  }
  return path;
}

function headOf(node: TSESTree.Node): TSESTree.SourceLocation {
  const { start } = node.loc;
  return { start, end: { ...start, column: start.column + "catch".length } };
}

function reasonOf(
  { node, step, severity }: Trail,
  sourceCode: TSESLint.SourceCode,
): string {
  switch (step) {
    case "acquired":
      return "acquired here";
    case "throws":
      return severity === "thrown"
        ? "throws here"
        : `\`${excerpt(node, sourceCode)}\` may throw`;
    case "released":
      return "released here";
    case "caught":
      return "caught here";
    case "leaves":
      return node.type === "YieldExpression"
        ? "may be ended here still holding the permit"
        : "leaves here still holding the permit";
    case "repeats":
      return "acquires again while still holding the permit";
  }
}

import type { TSESTree } from "@typescript-eslint/types";
import { perFile } from "./file.js";
import { descendantsOf } from "./tree.js";

/** The nodes of a file that some fact begins with, each kind in source order. */
export interface Nodes {
  readonly calls: readonly TSESTree.CallExpression[];
  readonly constructions: readonly TSESTree.NewExpression[];
  readonly assignments: readonly TSESTree.AssignmentExpression[];
  /** Whether there is JSX among them. */
  readonly hasMarkup: boolean;
}

/** Collects them in one walk of the file, whoever asks first. */
export const nodesIn = perFile(({ sourceCode }): Nodes => {
  const calls: TSESTree.CallExpression[] = [];
  const constructions: TSESTree.NewExpression[] = [];
  const assignments: TSESTree.AssignmentExpression[] = [];
  let hasMarkup = false;
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    switch (node.type) {
      case "CallExpression":
        calls.push(node);
        break;
      case "NewExpression":
        constructions.push(node);
        break;
      case "AssignmentExpression":
        assignments.push(node);
        break;
      case "JSXElement":
      case "JSXFragment":
        hasMarkup = true;
        break;
    }
  }
  return { calls, constructions, assignments, hasMarkup };
});

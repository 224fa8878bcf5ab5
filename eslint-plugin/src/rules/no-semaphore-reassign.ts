import { excerpt } from "../analysis/excerpt.js";
import { reassignedSemaphoresOf, fileOf } from "../analysis/facts.js";
import { createRule } from "./create-rule.js";

export const noSemaphoreReassign = createRule<"reassigned", []>({
  name: "no-semaphore-reassign",
  meta: {
    type: "problem",
    docs: {
      description: "disallow swapping in a new semaphore for one in use",
      recommended: false,
    },
    schema: [],
    messages: {
      reassigned:
        "Running tasks stay bound to the old semaphore, so for a while both limits add up. Change the limit of `{{place}}` instead.",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const { assignment } of reassignedSemaphoresOf(fileOf(context))) {
        context.report({
          node: assignment,
          messageId: "reassigned",
          data: { place: excerpt(assignment.left, sourceCode) },
        });
      }
    },
  }),
});

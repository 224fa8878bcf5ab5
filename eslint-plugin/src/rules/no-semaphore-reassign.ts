import { excerpt } from "../analysis/excerpt.js";
import { reassignedSemaphoresOf, fileOf } from "../analysis/facts.js";
import { resizeSemaphore } from "../fixes/resize-semaphore.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "reassigned" | "resize";

export const noSemaphoreReassign = createRule<Message, []>({
  name: "no-semaphore-reassign",
  meta: {
    type: "problem",
    docs: {
      description: "disallow swapping in a new semaphore for one in use",
      recommended: false,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      reassigned:
        "Running tasks stay bound to the old semaphore, so for a while both limits add up. Change the limit of `{{place}}` instead.",
      resize: "Change the limit with `{{place}}.{{method}}()`",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const each of reassignedSemaphoresOf(fileOf(context))) {
        const { assignment, protocol } = each;
        const place = excerpt(assignment.left, sourceCode);
        context.report({
          node: assignment,
          messageId: "reassigned",
          data: { place },
          suggest: suggest({
            messageId: "resize",
            edits: resizeSemaphore(each, sourceCode),
            data: { place, method: protocol.resize ?? "" },
          }),
        });
      }
    },
  }),
});

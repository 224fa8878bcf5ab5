import { perCallSemaphoresOf, fileOf } from "../analysis/facts.js";
import { createRule } from "./create-rule.js";

export const noPerCallSemaphore = createRule<"perCall", []>({
  name: "no-per-call-semaphore",
  meta: {
    type: "problem",
    docs: {
      description: "disallow a semaphore made by the function it is to limit",
      recommended: true,
    },
    schema: [],
    messages: {
      perCall:
        "Every call of this function makes a semaphore of its own, so `{{name}}` limits nothing. Make it once, outside the function.",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      for (const each of perCallSemaphoresOf(fileOf(context))) {
        context.report({
          node: each.construction,
          messageId: "perCall",
          data: { name: each.variable.name },
        });
      }
    },
  }),
});

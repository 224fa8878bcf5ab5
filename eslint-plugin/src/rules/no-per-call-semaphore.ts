import { perCallSemaphoresOf, fileOf } from "../analysis/facts.js";
import { hoistSemaphore } from "../fixes/hoist-semaphore.js";
import { createRule } from "./create-rule.js";

type Message = "makeField" | "makeModuleConstant" | "perCall";

const messageIds = {
  field: "makeField",
  module: "makeModuleConstant",
} as const;

export const noPerCallSemaphore = createRule<Message, []>({
  name: "no-per-call-semaphore",
  meta: {
    type: "problem",
    docs: {
      description: "disallow a semaphore made by the function it is to limit",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      perCall:
        "Every call of this function makes a semaphore of its own, so `{{name}}` limits nothing. Make it once, outside the function.",
      makeField:
        "Make `{{name}}` a field, which limits all calls on the same object",
      makeModuleConstant:
        "Make `{{name}}` a constant of the module, which limits all calls",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      const hoisted = new Set<string>();
      for (const each of perCallSemaphoresOf(fileOf(context))) {
        const { name } = each.variable;
        // Of several by one name only one can have it in the module.
        const offers = hoisted.has(name)
          ? []
          : hoistSemaphore(each, sourceCode);
        hoisted.add(name);
        context.report({
          node: each.construction,
          messageId: "perCall",
          data: { name },
          suggest: offers.map(({ place, edits }) => ({
            messageId: messageIds[place],
            data: { name },
            fix: () => edits,
          })),
        });
      }
    },
  }),
});

import { excerpt } from "../analysis/excerpt.js";
import { nestedAcquiresOf, fileOf } from "../analysis/facts.js";
import { createRule } from "./create-rule.js";

export const noNestedAcquire = createRule<"nested" | "nestedForAWhile", []>({
  name: "no-nested-acquire",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow waiting for a permit of a semaphore while holding one of it",
      recommended: true,
    },
    schema: [],
    messages: {
      nested:
        "`{{receiver}}` is acquired again while its permit from line {{line}} is held: at a limit of 1 this waits for itself for ever, above it as soon as enough callers come this far. Release first, or acquire both at once.",
      nestedForAWhile:
        "`{{receiver}}` is acquired again while its permit from line {{line}} is held: at a limit of 1 this waits for itself until its `{{endedBy}}` ends that, above it as soon as enough callers come this far. Release first, or acquire both at once.",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const { call, receiver, outer, endedBy } of nestedAcquiresOf(
        fileOf(context),
      )) {
        context.report({
          node: call,
          messageId: endedBy === undefined ? "nested" : "nestedForAWhile",
          data: {
            receiver: excerpt(receiver, sourceCode),
            line: outer.loc.start.line,
            ...(endedBy !== undefined && { endedBy }),
          },
        });
      }
    },
  }),
});

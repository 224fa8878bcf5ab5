import { excerpt } from "../analysis/excerpt.js";
import { blockingCallsOf, fileOf } from "../analysis/facts.js";
import { createRule } from "./create-rule.js";

export const noBlockingInPermit = createRule<"blocking", []>({
  name: "no-blocking-in-permit",
  meta: {
    type: "suggestion",
    docs: {
      description: "disallow blocking the thread while holding a permit",
      recommended: false,
    },
    schema: [],
    messages: {
      blocking:
        "`{{call}}` blocks the whole thread while the permit from `{{acquire}}` is held: no semaphore makes it concurrent. Use the asynchronous form, or a worker thread.",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const { call, acquire } of blockingCallsOf(fileOf(context))) {
        context.report({
          node: call,
          messageId: "blocking",
          data: {
            call: excerpt(call, sourceCode),
            acquire: excerpt(acquire, sourceCode),
          },
        });
      }
    },
  }),
});

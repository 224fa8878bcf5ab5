import type { TSESLint } from "@typescript-eslint/utils";
import { excerpt } from "../analysis/excerpt.js";
import { floatingAcquiresOf, fileOf } from "../analysis/facts.js";
import { addAwait } from "../fixes/add-await.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "addAwait" | "floating";

export const noFloatingAcquire = createRule<Message, []>({
  name: "no-floating-acquire",
  meta: {
    type: "problem",
    docs: {
      description: "disallow a promise of a permit that nobody waits for",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      floating:
        "Nobody waits for the permit from `{{acquire}}`: the code goes on without it. Await it.",
      addAwait: "Await the permit",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const sourceCode: TSESLint.SourceCode = context.sourceCode;
      for (const { site, promise } of floatingAcquiresOf(fileOf(context))) {
        context.report({
          node: site.call,
          messageId: "floating",
          data: { acquire: excerpt(site.call, sourceCode) },
          suggest: suggest({
            messageId: "addAwait",
            edits: addAwait(promise, sourceCode),
          }),
        });
      }
    },
  }),
});

import { excerpt } from "../analysis/excerpt.js";
import { vainReleasesOf, fileOf } from "../analysis/facts.js";
import { moveAcquireOut } from "../fixes/move-acquire-out.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "acquireInTry" | "moveOut";

export const noAcquireInTry = createRule<Message, []>({
  name: "no-acquire-in-try",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow an acquire inside the `try` whose `finally` releases",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      acquireInTry:
        "If `{{acquire}}` fails, `{{release}}` (line {{line}}) releases a permit that was never acquired. Acquire before the `try`.",
      moveOut: "Acquire before the `try`",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const vain of vainReleasesOf(fileOf(context))) {
        context.report({
          node: vain.site.call,
          messageId: "acquireInTry",
          data: {
            acquire: excerpt(vain.site.call, sourceCode),
            release: excerpt(vain.release, sourceCode),
            line: vain.release.loc.start.line,
          },
          suggest: suggest({
            messageId: "moveOut",
            edits: moveAcquireOut(vain, sourceCode),
          }),
        });
      }
    },
  }),
});

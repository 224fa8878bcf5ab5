import { excerpt } from "../analysis/excerpt.js";
import { earlyReleasesOf, fileOf } from "../analysis/facts.js";
import { addAwait } from "../fixes/add-await.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "addAwait" | "releasedEarly";

export const noEarlyRelease = createRule<Message, []>({
  name: "no-early-release",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow releasing a permit while the work it guards still runs",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      releasedEarly:
        "`{{work}}` still runs when the permit from `{{acquire}}` is released. Await it.",
      addAwait: "Await the work before the permit is released",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const { work, acquire, canAwait } of earlyReleasesOf(
        fileOf(context),
      )) {
        context.report({
          node: work,
          messageId: "releasedEarly",
          data: {
            work: excerpt(work, sourceCode),
            acquire: excerpt(acquire, sourceCode),
          },
          suggest: suggest({
            messageId: "addAwait",
            edits: canAwait ? addAwait(work, sourceCode) : undefined,
          }),
        });
      }
    },
  }),
});

import { excerpt } from "../analysis/excerpt.js";
import { secondReleasesOf, fileOf } from "../analysis/facts.js";
import { wrapped } from "../analysis/tree.js";
import { removeStatement } from "../fixes/edit.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "removeRelease" | "releasedTwice";

export const noDoubleRelease = createRule<Message, []>({
  name: "no-double-release",
  meta: {
    type: "problem",
    docs: {
      description: "disallow releasing a permit that is released already",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      releasedTwice:
        "`{{release}}` comes after line {{line}} has released the permit already: one more than the limit gets in. Release once.",
      removeRelease: "Remove the second release",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const { release, first } of secondReleasesOf(fileOf(context))) {
        const statement = wrapped(release).parent;
        // Where one release is the second and the first in turn, as in a loop,
        // there is none to take away.
        const isRemovable =
          statement?.type === "ExpressionStatement" && release !== first;
        context.report({
          node: release,
          messageId: "releasedTwice",
          data: {
            release: excerpt(release, sourceCode),
            line: first.loc.start.line,
          },
          suggest: suggest({
            messageId: "removeRelease",
            edits: isRemovable
              ? [removeStatement(statement, sourceCode)]
              : undefined,
          }),
        });
      }
    },
  }),
});

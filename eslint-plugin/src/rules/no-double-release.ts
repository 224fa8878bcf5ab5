import { excerpt } from "../analysis/excerpt.js";
import { secondReleasesOf, fileOf } from "../analysis/facts.js";
import { dropEarlyReleases, dropSecondRelease } from "../fixes/drop-release.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "removeEarly" | "removeRelease" | "releasedTwice";

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
      removeEarly: "Leave the release to `finally`",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { sourceCode } = context;
      for (const second of secondReleasesOf(fileOf(context))) {
        const { release, first } = second;
        const removal = dropSecondRelease(second, sourceCode);
        context.report({
          node: release,
          messageId: "releasedTwice",
          data: {
            release: excerpt(release, sourceCode),
            line: first.loc.start.line,
          },
          suggest: [
            ...suggest<Message>({
              messageId: "removeRelease",
              edits: removal,
            }),
            ...suggest<Message>({
              messageId: "removeEarly",
              edits: removal
                ? undefined
                : dropEarlyReleases(second, sourceCode),
            }),
          ],
        });
      }
    },
  }),
});

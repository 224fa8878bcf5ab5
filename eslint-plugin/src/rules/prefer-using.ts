import { scopedFormFor } from "../analysis/acquire-sites.js";
import { manualReleasesOf, fileOf } from "../analysis/facts.js";
import { createRule } from "./create-rule.js";
import type { PreferUsingOptions } from "./options.js";
import {
  fixDescription,
  shorterMessages,
  shorterOffers,
} from "./release-offers.js";

type Message =
  "preferScopedForm" | "preferUsing" | "useScopedForm" | "useUsing";

export const preferUsing = createRule<Message, [PreferUsingOptions]>({
  name: "prefer-using",
  meta: {
    type: "suggestion",
    docs: {
      description:
        "prefer `using`, or the scoped form, over acquire, try, finally and release",
      recommended: false,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          fix: {
            description: fixDescription,
            type: "string",
            enum: ["using", "scoped"],
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      preferUsing: "One line says it: `{{using}} permit = …`.",
      preferScopedForm: "One call says it: `{{scoped}}(…)`.",
      ...shorterMessages,
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { fix } = context.options[0];
    return {
      "Program:exit"() {
        for (const manual of manualReleasesOf(fileOf(context))) {
          const { site } = manual.facts;
          const { call, form, receiver } = site;
          const scoped = scopedFormFor(site);
          const { offers, preferred } = shorterOffers(manual, context, fix);
          if (preferred === "using") {
            context.report({
              node: call,
              messageId: "preferUsing",
              data: {
                using: form.disposable === "async" ? "await using" : "using",
              },
              suggest: offers.suggest,
              ...(offers.fix && { fix: offers.fix }),
            });
          } else if (scoped && receiver) {
            const name = `${sourceCode.getText(receiver)}.${scoped.method}`;
            context.report({
              node: call,
              messageId: "preferScopedForm",
              data: { scoped: name },
              suggest: offers.suggest,
              ...(offers.fix && { fix: offers.fix }),
            });
          }
        }
      },
    };
  },
});

import { manualReleasesOf, fileOf } from "../analysis/facts.js";
import { unwrapTry } from "../fixes/unwrap-try.js";
import { parsesUsing } from "../fixes/using-support.js";
import { createRule } from "./create-rule.js";
import { suggest } from "./suggest.js";

type Message = "preferScopedForm" | "preferUsing" | "useUsing";

export const preferUsing = createRule<Message, []>({
  name: "prefer-using",
  meta: {
    type: "suggestion",
    docs: {
      description:
        "prefer `using`, or the scoped form, over acquire, try, finally and release",
      recommended: false,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      preferUsing: "One line says it: `{{using}} permit = …`.",
      preferScopedForm: "One call says it: `{{scoped}}(…)`.",
      useUsing: "Hold the permit with `{{using}}`",
    },
  },
  create: (context) => ({
    "Program:exit"() {
      const { languageOptions, sourceCode } = context;
      for (const each of manualReleasesOf(fileOf(context))) {
        const { form, protocol, receiver } = each.facts.site;
        const node = each.facts.site.call;
        if (form.disposable && parsesUsing(languageOptions)) {
          const data = {
            using: form.disposable === "async" ? "await using" : "using",
          };
          context.report({
            node,
            messageId: "preferUsing",
            data,
            suggest: suggest({
              messageId: "useUsing",
              edits: unwrapTry(each, sourceCode),
              data,
            }),
          });
        } else if (protocol.scoped && receiver) {
          const scoped = `${sourceCode.getText(receiver)}.${protocol.scoped.method}`;
          context.report({
            node,
            messageId: "preferScopedForm",
            data: { scoped },
          });
        }
      }
    },
  }),
});

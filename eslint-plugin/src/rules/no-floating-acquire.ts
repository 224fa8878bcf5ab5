import type { TSESLint } from "@typescript-eslint/utils";
import { excerpt } from "../analysis/excerpt.js";
import {
  floatingAcquiresOf,
  fileOf,
  leakOnceAwaited,
} from "../analysis/facts.js";
import { addAwait } from "../fixes/add-await.js";
import { createRule } from "./create-rule.js";
import type { NoFloatingAcquireOptions } from "./options.js";
import {
  fixSchema,
  releaseMessages,
  releaseOffers,
  type ReleaseMessage,
} from "./release-offers.js";
import { suggest } from "./suggest.js";

type Message = "addAwait" | "floating" | ReleaseMessage;

export const noFloatingAcquire = createRule<
  Message,
  [NoFloatingAcquireOptions]
>({
  name: "no-floating-acquire",
  meta: {
    type: "problem",
    docs: {
      description: "disallow a promise of a permit that nobody waits for",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: { fix: fixSchema },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      floating:
        "Nobody waits for the permit from `{{acquire}}`: the code goes on without it. Await it.",
      addAwait: "Await the permit",
      ...releaseMessages,
    },
  },
  create(context) {
    const sourceCode: TSESLint.SourceCode = context.sourceCode;
    const fix = context.options[0].fix;
    return {
      "Program:exit"() {
        const file = fileOf(context);
        for (const { site, promise } of floatingAcquiresOf(file)) {
          const edits = addAwait(promise, sourceCode);
          const leak = edits && leakOnceAwaited(site, promise, file);
          context.report({
            node: site.call,
            messageId: "floating",
            data: { acquire: excerpt(site.call, sourceCode) },
            ...(leak
              ? releaseOffers(leak, context, fix, edits).offers
              : { suggest: suggest({ messageId: "addAwait", edits }) }),
          });
        }
      },
    };
  },
});

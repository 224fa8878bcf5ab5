import type { TSESLint } from "@typescript-eslint/utils";
import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import type { Leak } from "../analysis/facts.js";
import type { Edit } from "../fixes/edit.js";
import {
  type ReleaseRewrite,
  releaseRewrites,
} from "../fixes/release-rewrites.js";
import { parsesUsing } from "../fixes/using-support.js";
import type { FixForm } from "./options.js";

export type ReleaseMessage = "useFinally" | "useScopedForm" | "useUsing";

export const releaseMessages: Readonly<Record<ReleaseMessage, string>> = {
  useUsing:
    "Hold the permit with `using`, which releases it at the end of the block",
  useScopedForm: "Run the work in `{{scoped}}()`",
  useFinally: "Release the permit in `finally`",
};

const messageIds = {
  using: "useUsing",
  scoped: "useScopedForm",
  finally: "useFinally",
} as const satisfies Record<FixForm, ReleaseMessage>;

/** The schema of the option by which a form is applied without asking. */
export const fixSchema = {
  description:
    "The form that `eslint --fix` rewrites into, where it is offered; without it nothing is rewritten unasked.",
  type: "string",
  enum: ["using", "scoped", "finally"],
} as const satisfies JSONSchema4;

interface Offers<Message extends string> {
  readonly suggest: TSESLint.SuggestionReportDescriptor<Message>[];
  readonly fix?: () => Edit[];
}

/**
 * What a report on a leak offers: each way to mend it as a suggestion, and the
 * one that the options choose as a fix. `besides` is edited along with it.
 */
export function releaseOffers(
  leak: Leak,
  { languageOptions, sourceCode }: OfferContext,
  fix: FixForm | undefined,
  besides: readonly Edit[] = [],
): Offers<ReleaseMessage> {
  const { receiver, protocol } = leak.site;
  const usesUsing = parsesUsing(languageOptions);
  const rewrites = releaseRewrites(leak, { usesUsing }, sourceCode);
  const chosen = rewrites.find(({ form }) => form === fix);
  return {
    suggest: rewrites.map((rewrite) => ({
      messageId: messageIds[rewrite.form],
      data:
        rewrite.form === "scoped" && receiver
          ? {
              scoped: `${sourceCode.getText(receiver)}.${protocol.scoped?.method}`,
            }
          : {},
      fix: () => together(rewrite, besides),
    })),
    ...(chosen && { fix: () => together(chosen, besides) }),
  };
}

interface OfferContext {
  readonly languageOptions: TSESLint.FlatConfig.LanguageOptions;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
}

/** The scoped form takes the acquire away, and with it what is done to it. */
function together(
  { form, edits }: ReleaseRewrite,
  besides: readonly Edit[],
): Edit[] {
  return form === "scoped" ? edits : [...edits, ...besides];
}

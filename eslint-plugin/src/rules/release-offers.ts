import type { TSESLint } from "@typescript-eslint/utils";
import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import { scopedFormFor } from "../analysis/acquire-sites.js";
import {
  type AcquireSite,
  fileOf,
  type Leak,
  type ManualRelease,
} from "../analysis/facts.js";
import type { Edit } from "../fixes/edit.js";
import {
  type ReleaseForm,
  type ReleaseRewrite,
  releaseRewrites,
} from "../fixes/release-rewrites.js";
import { shorterForms } from "../fixes/shorter-forms.js";
import {
  type UsingContext,
  type UsingSupport,
  usingSupport,
} from "../fixes/using-support.js";
import type { FixForm } from "./options.js";

export type ReleaseMessage =
  | "releaseBeforeReturn"
  | "useCatch"
  | "useFinally"
  | "useScopedForm"
  | "useUsing";

export const shorterMessages = {
  useUsing:
    "Hold the permit with `{{using}}`, which releases it at the end of the block",
  useScopedForm: "Run the work in `{{scoped}}()`",
} as const;

export const releaseMessages: Readonly<Record<ReleaseMessage, string>> = {
  ...shorterMessages,
  useFinally: "Release the permit in `finally`",
  useCatch: "Release the permit in `catch`, and throw on",
  releaseBeforeReturn: "Release the permit before each `return`",
};

const messageIds = {
  using: "useUsing",
  scoped: "useScopedForm",
  finally: "useFinally",
  catch: "useCatch",
  return: "releaseBeforeReturn",
} as const satisfies Record<ReleaseForm, ReleaseMessage>;

export const fixDescription =
  "The form that `eslint --fix` rewrites into, where it is offered; without it nothing is rewritten unasked.";

/** The schema of the option by which a form is applied without asking. */
export const fixSchema = {
  description: fixDescription,
  type: "string",
  enum: ["using", "scoped", "finally"],
} as const satisfies JSONSchema4;

interface Offers<Message extends string> {
  readonly suggest: TSESLint.SuggestionReportDescriptor<Message>[];
  readonly fix?: () => Edit[];
}

/** What a report on a leak offers, and the form that its message is to advise. */
export interface ReleaseOffers<Form extends ReleaseForm> {
  readonly offers: Offers<(typeof messageIds)[Form]>;
  readonly preferred: ReleaseForm;
}

/**
 * What a report on a leak offers: each way to mend it as a suggestion, and the
 * one that the options choose as a fix. `besides` is edited along with it.
 */
export function releaseOffers(
  leak: Leak,
  context: UsingContext,
  fix: FixForm | undefined,
  besides: readonly Edit[] = [],
): ReleaseOffers<ReleaseForm> {
  const support = usingSupport(context);
  const rewrites = releaseRewrites(leak, support, fileOf(context));
  return offersOf(rewrites, leak.site, support, context, fix, besides);
}

/** What a report on a release that is right but long offers to write instead. */
export function shorterOffers(
  manual: ManualRelease,
  context: UsingContext,
  fix: FixForm | undefined,
): ReleaseOffers<"scoped" | "using"> {
  const support = usingSupport(context);
  const rewrites = shorterForms(manual, support, context.sourceCode);
  return offersOf(rewrites, manual.facts.site, support, context, fix);
}

function offersOf<Form extends ReleaseForm>(
  rewrites: readonly ReleaseRewrite<Form>[],
  site: AcquireSite,
  support: UsingSupport,
  { sourceCode }: UsingContext,
  fix: FixForm | undefined,
  besides: readonly Edit[] = [],
): ReleaseOffers<Form> {
  const { disposable } = site.form;
  const { receiver } = site;
  const scoped = scopedFormFor(site);
  const chosen = rewrites.find(({ form }) => form === fix);
  const data: Record<ReleaseForm, Record<string, string>> = {
    using: { using: disposable === "async" ? "await using" : "using" },
    scoped:
      scoped && receiver
        ? { scoped: `${sourceCode.getText(receiver)}.${scoped.method}` }
        : {},
    finally: {},
    catch: {},
    return: {},
  };
  const usual =
    disposable && support === "yes"
      ? "using"
      : scoped && receiver
        ? "scoped"
        : "finally";
  return {
    offers: {
      suggest: rewrites.map((rewrite) => ({
        messageId: messageIds[rewrite.form],
        data: data[rewrite.form],
        fix: () => together(rewrite, besides),
      })),
      ...(chosen && { fix: () => together(chosen, besides) }),
    },
    preferred: rewrites[0]?.form ?? usual,
  };
}

/** The scoped form takes the acquire away, and with it what is done to it. */
function together(
  { form, edits }: ReleaseRewrite,
  besides: readonly Edit[],
): Edit[] {
  return form === "scoped" ? edits : [...edits, ...besides];
}

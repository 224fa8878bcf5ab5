import type { TSESLint } from "@typescript-eslint/utils";
import { fileOf } from "../analysis/file.js";
import { mentionsOf } from "../analysis/mentions.js";
import { isWorthRunning, type RuleName } from "./needs.js";

export interface RuleDocs {
  readonly description: string;
  /** Whether the `recommended` config turns the rule on. */
  readonly recommended: boolean;
  /**
   * Whether nothing goes wrong where the rule is broken: then `strict` leaves it
   * out as well.
   */
  readonly isChoice?: true;
  /** The options that the `strict` config gives the rule. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
}

/** ESLint reads the default options from `meta`. */
type Rule<Message extends string, Options extends readonly unknown[]> = Omit<
  RuleModule<Message, Options>,
  "defaultOptions"
>;

type RuleModule<
  Message extends string,
  Options extends readonly unknown[],
> = TSESLint.RuleModule<Message, Options, RuleDocs>;

type Meta<
  Message extends string,
  Options extends readonly unknown[],
> = RuleModule<Message, Options>["meta"] & { readonly docs: RuleDocs };

interface Definition<
  Message extends string,
  Options extends readonly unknown[],
> {
  readonly name: RuleName;
  readonly meta: Meta<Message, Options>;
  readonly create: RuleModule<Message, Options>["create"];
}

const docsUrl =
  "https://github.com/semaphore-guard/semaphore-guard/blob/main/docs/rules";

/**
 * Completes a rule with what follows from its name, and has it listen only in
 * files whose text mentions what it is about.
 */
export function createRule<
  Message extends string,
  Options extends readonly unknown[],
>({
  name,
  meta,
  create,
}: Definition<Message, Options>): Rule<Message, Options> {
  return {
    create: (context) =>
      isWorthRunning(name, mentionsOf(fileOf(context))) ? create(context) : {},
    meta: {
      ...meta,
      languages: ["js/js"],
      docs: { ...meta.docs, url: `${docsUrl}/${name}.md` },
    },
  };
}

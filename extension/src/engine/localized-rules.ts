import plugin from "eslint-plugin-semaphore-guard";
import type { Rule } from "eslint";
import { isTranslating, translate, translated } from "../shared/translate.js";

type Rules = Record<string, Rule.RuleModule>;

/** What the plugin says within a message, or of a step of a path. */
export const prose: readonly string[] = [
  "acquired here",
  "throws here",
  "`{0}` may throw",
  "released here",
  "caught here",
  "may be ended here still holding the permit",
  "leaves here still holding the permit",
  "acquires again while still holding the permit",
  "Write `{0}`.",
  "Use `{0}`, or release in `finally`.",
  "Release it in `finally`.",
  "Release it in `catch`, and throw on.",
  "Release it before that.",
  "`{0}` is a parameter",
  "`{0}` comes with the request",
  "`{0}` returns as many as there are",
  "`{0}` returns as many rows as there are",
  "`{0}` has as many items as there are lines",
  "`{0}` collects one page after the other",
  "`{0}` is as long as what it comes from: {1}",
];

const patterns = prose.map((template) => ({
  template,
  pattern: new RegExp(
    `^${template.replace(/[.*+?^$()[\]\\]/g, "\\$&").replace(/\{\d\}/g, "(.+)")}$`,
    "s",
  ),
}));

let localized: Rules | undefined;

/** The plugin's rules, which speak the editor's language. */
export function localizedRules(): Rules {
  const rules = plugin.rules as Rules;
  if (!isTranslating()) {
    return rules;
  }
  localized ??= Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, localize(rule)]),
  );
  return localized;
}

/** What the plugin says beside its messages, in the editor's language. */
export function translateProse(text: string): string {
  for (const { template, pattern } of isTranslating() ? patterns : []) {
    const [match, ...values] = pattern.exec(text) ?? [];
    if (match !== undefined) {
      return translate(
        template,
        ...values.map((value) =>
          template.startsWith("`") ? translateProse(value) : value,
        ),
      );
    }
  }
  return text;
}

function localize(rule: Rule.RuleModule): Rule.RuleModule {
  const { messages = {} } = rule.meta ?? {};
  return {
    meta: {
      ...rule.meta,
      messages: Object.fromEntries(
        Object.entries(messages).map(([id, message]) => [
          id,
          translated(message),
        ]),
      ),
    },
    create: (context) =>
      rule.create(
        Object.create(context, {
          report: {
            value: (descriptor: Rule.ReportDescriptor) => {
              const { data = {} } = descriptor;
              context.report({
                ...descriptor,
                data: Object.fromEntries(
                  Object.entries(data).map(([key, value]) => [
                    key,
                    typeof value === "string" ? translateProse(value) : value,
                  ]),
                ),
              });
            },
          },
        }) as Rule.RuleContext,
      ),
  };
}

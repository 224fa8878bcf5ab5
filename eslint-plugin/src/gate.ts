import { tableFor } from "./protocols/table.js";
import { isWorthRunning, needs, type RuleName } from "./rules/needs.js";

export type { RuleName } from "./rules/needs.js";

/** What {@link mayReport} is to go by. */
export interface GateOptions {
  /** The rules that are on, with or without the plugin's prefix; all if left out. */
  readonly rules?: Iterable<string>;
  /** The `settings` of the ESLint config, whose protocols add words. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the parser offers a type checker, by which more is recognised. */
  readonly isTyped?: boolean;
}

/**
 * Whether any rule may report something in a text, judged by the words in it
 * alone: where it says no, the text need not be parsed. The rules themselves ask
 * the same, and attach no listeners to a file where the answer is no.
 *
 * Never says no to a text in which a rule would report something, as long as no
 * name of a method is spelt with octal escapes or over two lines. Cost: about a
 * nanosecond for each character. Throws a {@link SettingsError} where the
 * settings are none of ours.
 */
export function mayReport(
  text: string,
  { rules, settings = {}, isTyped = false }: GateOptions = {},
): boolean {
  const mentions = tableFor(settings).mentionsIn(text, isTyped);
  const names = rules ? ruleNames(rules) : allRules;
  return names.some((name) => isWorthRunning(name, mentions));
}

const allRules = Object.keys(needs) as RuleName[];

function ruleNames(ids: Iterable<string>): RuleName[] {
  const on = new Set(ids);
  return allRules.filter(
    (name) => on.has(name) || on.has(`semaphore-guard/${name}`),
  );
}

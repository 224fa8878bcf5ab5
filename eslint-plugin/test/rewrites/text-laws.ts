import type { Linter } from "eslint";
import { lintProgram, type Linted, type Rewrite } from "./offered-rewrites.js";

/** What a rewrite does wrong, as far as its text tells. */
export function textViolations(
  { program, output, message: { ruleId: own } }: Rewrite,
  before: Linted,
): { readonly violations: string[]; readonly after: Linted } {
  const after = lintProgram(program, output);
  const fatal = after.messages.find((message) => message.fatal);
  if (fatal) {
    return { violations: [`doesn't parse: ${fatal.message}`], after };
  }
  const violations: string[] = [];
  const counts = { before: countByRule(before), after: countByRule(after) };
  for (const [rule, count] of counts.after) {
    const allowed = (counts.before.get(rule) ?? 0) - (rule === own ? 1 : 0);
    if (count > allowed) {
      const message = after.messages.findLast(({ ruleId }) => ruleId === rule);
      violations.push(
        `${rule === own ? "is still reported" : "brings about a report"}: ${message!.line}: ${message!.message}`,
      );
    }
  }
  return { violations, after };
}

function countByRule({
  messages,
}: {
  readonly messages: readonly Linter.LintMessage[];
}): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId } of messages) {
    if (ruleId) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  }
  return counts;
}

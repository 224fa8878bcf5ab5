import type { Linter, RuleTester } from "eslint";
import { collectCases } from "../support/rule-testers.js";
import type { Program } from "./offered-rewrites.js";

/** An invalid case of a rule's own test, as one of its testers runs it. */
export interface RuleCase extends Program {
  readonly rule: string;
  readonly name: string;
}

type InvalidCase = RuleTester.InvalidTestCase & {
  readonly settings?: Linter.Config["settings"];
};

/**
 * Every invalid case of the rules' tests. The tests are loaded anew with their
 * testers set to collect, so a case that is added there is found here.
 */
export async function invalidCases(): Promise<RuleCase[]> {
  const collected = await collectCases();
  return collected.flatMap(({ rule, languageOptions, parser, cases }) =>
    cases.invalid.map((each: InvalidCase): RuleCase => ({
      rule,
      name: `${each.name ?? each.code} (${parser})`,
      code: each.code,
      rules: { [rule]: ["error", ...((each.options ?? []) as unknown[])] },
      languageOptions: {
        ...languageOptions,
        ...each.languageOptions,
      },
      ...(each.settings && { settings: each.settings }),
      filename: each.filename ?? (parser === "espree" ? "case.js" : "case.ts"),
    })),
  );
}

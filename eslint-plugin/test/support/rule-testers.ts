import eslint9 from "@semaphore-guard/eslint-9";
import * as typescriptParser from "@typescript-eslint/parser";
import { type Linter, RuleTester as RuleTester10 } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";

type TestCases = Parameters<RuleTester10["run"]>[2];

const eslints = {
  "ESLint 10": RuleTester10,
  "ESLint 9": eslint9.RuleTester as unknown as typeof RuleTester10,
};

const espree: Linter.LanguageOptions = { ecmaVersion: "latest" };
const typescript: Linter.LanguageOptions = { parser: typescriptParser };

/** Runs JavaScript cases with both ESLint versions and both parsers. */
export function runOnJavaScript(rule: string, cases: TestCases): void {
  run(rule, cases, { espree, "@typescript-eslint/parser": typescript });
}

/** Runs TypeScript cases with both ESLint versions. */
export function runOnTypeScript(rule: string, cases: TestCases): void {
  run(rule, cases, { "@typescript-eslint/parser": typescript });
}

function run(
  rule: string,
  cases: TestCases,
  parsers: Record<string, Linter.LanguageOptions>,
): void {
  for (const [eslint, RuleTester] of Object.entries(eslints)) {
    for (const [parser, languageOptions] of Object.entries(parsers)) {
      const tester = new RuleTester({ languageOptions });
      tester.run(
        `on ${eslint} with ${parser}`,
        plugin.rules[rule] as never,
        cases,
      );
    }
  }
}

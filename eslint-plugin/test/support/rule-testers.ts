import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import eslint9 from "@semaphore-guard/eslint-9";
import * as typescriptParser from "@typescript-eslint/parser";
import { type Linter, RuleTester as RuleTester10 } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { mayReport } from "eslint-plugin-semaphore-guard/gate";

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

/** The cases of one rule as one of its testers runs them. */
export interface CollectedCases {
  readonly rule: string;
  readonly parser: string;
  readonly languageOptions: Linter.LanguageOptions;
  readonly cases: TestCases;
}

let collected: CollectedCases[] | undefined;

/**
 * The cases of every rule, which their tests hand over instead of running them:
 * the tests are loaded once more, without a `describe` of mocha around.
 */
export async function collectCases(): Promise<CollectedCases[]> {
  const { describe, it } = globalThis;
  const cases: CollectedCases[] = [];
  collected = cases;
  Object.assign(globalThis, {
    describe: (_title: string, body: () => void) => body(),
    it: () => undefined,
  });
  try {
    const folder = new URL("../rules/", import.meta.url);
    for (const file of readdirSync(folder)) {
      if (!file.endsWith(".test.js")) continue;
      await import(`${new URL(file, folder).href}?collect`);
    }
  } finally {
    collected = undefined;
    Object.assign(globalThis, { describe, it });
  }
  return cases;
}

function run(
  rule: string,
  cases: TestCases,
  parsers: Record<string, Linter.LanguageOptions>,
): void {
  if (collected) {
    for (const [parser, languageOptions] of Object.entries(parsers)) {
      collected.push({ rule, parser, languageOptions, cases });
    }
    return;
  }
  describe("the gate", () => {
    it("lets each invalid case through", () => {
      for (const { code, settings = {} } of cases.invalid) {
        assert(mayReport(code, { rules: [rule], settings }), code);
      }
    });
  });
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

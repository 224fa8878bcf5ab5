import * as parser from "@typescript-eslint/parser";
import plugin from "eslint-plugin-semaphore-guard";
import {
  fileOf,
  leaksOf,
  type Leak,
} from "eslint-plugin-semaphore-guard/facts";
import type { SourceCode } from "eslint";
import { Linter } from "eslint/universal";

/** What ESLint and the plugin's analysis say about one text. */
export interface LintResult {
  readonly messages: readonly Linter.LintMessage[];
  readonly leaks: readonly Leak[];
  /** Absent when the text doesn't parse. */
  readonly sourceCode: SourceCode | undefined;
}

const ruleIdPrefix = "semaphore-guard/";

const config: Linter.Config[] = [
  {
    ...plugin.configs.recommended,
    files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: "off" },
  },
  { files: ["**/*.{cjs,cts}"], languageOptions: { sourceType: "commonjs" } },
];

const linter = new Linter({ configType: "flat" });

/**
 * Checks one text with the plugin's recommended rules, whatever the workspace's own configuration.
 *
 * Comments in the text that switch our rules off or on are honoured. Those for other rules are
 * meant for another ESLint, so what they bring about here is dropped.
 *
 * @throws whatever a rule throws.
 */
export function lint(text: string, fileName: string): LintResult {
  const messages = linter
    .verify(text, config, { filename: fileName })
    .filter(
      (message) => message.fatal || message.ruleId?.startsWith(ruleIdPrefix),
    );
  if (messages.some((message) => message.fatal)) {
    return { messages, leaks: [], sourceCode: undefined };
  }
  const sourceCode = linter.getSourceCode();
  return {
    messages,
    leaks: leaksOf(fileOf({ sourceCode: asTyped(sourceCode) })),
    sourceCode,
  };
}

// typescript-eslint describes ESLint's class more closely than ESLint does.
type TypedSourceCode = Parameters<typeof fileOf>[0]["sourceCode"];

function asTyped(sourceCode: SourceCode): TypedSourceCode {
  return sourceCode as unknown as TypedSourceCode;
}

/** The address of a rule's documentation. */
export function ruleDocumentation(ruleId: string): string | undefined {
  return plugin.rules[ruleId.slice(ruleIdPrefix.length)]?.meta?.docs?.url;
}

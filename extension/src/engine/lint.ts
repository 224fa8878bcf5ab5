import * as parser from "@typescript-eslint/parser";
import plugin from "eslint-plugin-semaphore-guard";
import { fileOf, type File } from "eslint-plugin-semaphore-guard/facts";
import type { SourceCode } from "eslint";
import { Linter } from "eslint/universal";
import type { RuleMessage, Ruleset } from "../shared/check.js";
import { localizedRules } from "./localized-rules.js";

/** What ESLint and the plugin's analysis say about one text. */
export interface LintResult {
  readonly messages: readonly RuleMessage[];
  /** Absent when the text doesn't parse. */
  readonly parsed: ParsedText | undefined;
}

/** A text that parses, and what the plugin's analysis reads. */
export interface ParsedText {
  readonly sourceCode: SourceCode;
  readonly file: File;
}

const ruleIdPrefix = "semaphore-guard/";

/** What decides how a text is linted. */
export interface LintOptions {
  /** The folder of the project; undefined for a text that is no file on a disk. */
  readonly folder: string | undefined;
  /** The config whose rules run; none for the analysis alone. */
  readonly ruleset: Ruleset | undefined;
  /** Whether rewrites may bring in `using`; undefined where nothing says. */
  readonly takesUsing: boolean | undefined;
  readonly protocolSettings: unknown;
}

/**
 * Checks one text with rules of the plugin, whatever the workspace's own configuration.
 *
 * Comments in the text that switch our rules off or on are honoured. Those for other rules are
 * meant for another ESLint, so what they bring about here is dropped.
 *
 * @throws whatever a rule throws.
 */
export function lint(
  text: string,
  fileName: string,
  options: LintOptions,
): LintResult {
  const { folder } = options;
  // A linter holds on to the tree of what it linted last.
  const linter = new Linter({
    configType: "flat",
    ...(folder !== undefined && { cwd: folder }),
  });
  const config = configFor(options);
  const messages = linter
    .verify(text, config, { filename: fileName })
    .filter(
      (message) => message.fatal || message.ruleId?.startsWith(ruleIdPrefix),
    )
    .map((message) => ({
      ...message,
      isEquivalent: ruleMeta(message.ruleId)?.type === "suggestion",
    })) as RuleMessage[];
  if (messages.some(({ ruleId }) => ruleId === null)) {
    return { messages, parsed: undefined };
  }
  const sourceCode = linter.getSourceCode();
  const file = fileOf({
    sourceCode: asTyped(sourceCode),
    settings: settingsOf(options),
  });
  return { messages, parsed: { sourceCode, file } };
}

function configFor(options: LintOptions): Linter.Config[] {
  const { ruleset } = options;
  return [
    {
      plugins: { "semaphore-guard": { ...plugin, rules: localizedRules() } },
      rules: ruleset === undefined ? {} : plugin.configs[ruleset].rules,
      files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
      languageOptions: {
        parser,
        parserOptions: {
          ecmaFeatures: { jsx: true },
          jsDocParsingMode: "none",
        },
      },
      linterOptions: {
        reportUnusedDisableDirectives: "off",
        // Comments must not turn rules on where another ESLint has spoken.
        noInlineConfig: ruleset === undefined,
      },
      settings: settingsOf(options),
    } as Linter.Config,
    { files: ["**/*.{cjs,cts}"], languageOptions: { sourceType: "commonjs" } },
  ];
}

function settingsOf({
  protocolSettings,
  takesUsing,
}: LintOptions): Record<string, unknown> {
  const own = {
    ...(takesUsing !== undefined && { using: takesUsing ? "always" : "never" }),
    ...(protocolSettings as object | undefined),
  };
  return Object.keys(own).length === 0 ? {} : { "semaphore-guard": own };
}

// typescript-eslint describes ESLint's class more closely than ESLint does.
type TypedSourceCode = Parameters<typeof fileOf>[0]["sourceCode"];

function asTyped(sourceCode: SourceCode): TypedSourceCode {
  return sourceCode as unknown as TypedSourceCode;
}

/** The address of a rule's documentation, by whatever name its plugin goes. */
export function ruleDocumentation(ruleId: string): string | undefined {
  return ruleMeta(ruleId)?.docs?.url;
}

function ruleMeta(ruleId: string | null) {
  const name = ruleId?.slice(ruleId.lastIndexOf("/") + 1);
  return name === undefined ? undefined : plugin.rules[name]?.meta;
}

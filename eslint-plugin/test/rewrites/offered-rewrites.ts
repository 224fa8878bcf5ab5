import type { TSESLint } from "@typescript-eslint/utils";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";

/** A file, and how it is linted. */
export interface Program {
  readonly code: string;
  readonly languageOptions: Linter.LanguageOptions;
  /** What differs from the recommended rules, without the plugin's prefix. */
  readonly rules?: Readonly<Record<string, Linter.RuleEntry>>;
  readonly settings?: Linter.Config["settings"];
  readonly filename?: string;
}

/** A rewrite that a rule offers for one of its reports. */
export interface Rewrite {
  readonly program: Program;
  readonly message: Linter.LintMessage;
  /** The message id of the suggestion; `"fix"` for a fix. */
  readonly kind: string;
  /** The whole file, rewritten. */
  readonly output: string;
}

export interface Linted {
  readonly messages: readonly Linter.LintMessage[];
  readonly sourceCode: TSESLint.SourceCode;
}

const prefix = "semaphore-guard/";

const linter = new Linter();

/**
 * Lints a program with the recommended rules, every throw counted, and with
 * those it asks for: what a rewrite must not bring about.
 */
export function lintProgram(program: Program, code = program.code): Linted {
  const filename = program.filename ?? "program.js";
  const messages = linter.verify(code, configOf(program), filename);
  const unlinted = messages.find(({ ruleId, fatal }) => !ruleId && !fatal);
  if (unlinted) throw new Error(`${filename}: ${unlinted.message}`);
  return {
    messages,
    sourceCode: linter.getSourceCode() as unknown as TSESLint.SourceCode,
  };
}

/** What `eslint --fix` makes of a program whose rules apply one form. */
export function fixProgram(
  program: Program,
  form: "finally" | "scoped" | "using",
  code = program.code,
): string {
  const rules = {
    "require-release": ["error", { throws: "any", fix: form }],
    "no-floating-acquire": ["error", { fix: form }],
  } as const satisfies Program["rules"];
  const config = configOf({
    ...program,
    rules: { ...program.rules, ...rules },
  });
  const filename = program.filename ?? "program.js";
  return linter.verifyAndFix(code, config, filename).output;
}

function configOf(program: Program): Linter.Config {
  const { rules = {}, languageOptions, settings } = program;
  return {
    files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,vue,svelte}"],
    plugins: { "semaphore-guard": plugin },
    rules: {
      ...plugin.configs.recommended.rules,
      [`${prefix}require-release`]: ["error", { throws: "any" }],
      ...Object.fromEntries(
        Object.entries(rules).map(([name, entry]) => [prefix + name, entry]),
      ),
    },
    languageOptions,
    ...(settings && { settings }),
  };
}

/** The rewrites that the rules offer, in the order of their reports. */
export function offeredRewrites(
  program: Program,
  { messages }: Linted,
): Rewrite[] {
  return messages.flatMap((message) => {
    const offers = (message.suggestions ?? []).map(({ messageId, fix }) => ({
      kind: messageId ?? "",
      fix,
    }));
    if (message.fix) offers.push({ kind: "fix", fix: message.fix });
    return offers.map(({ kind, fix }) => ({
      program,
      message,
      kind,
      output: apply(fix, program.code),
    }));
  });
}

function apply(
  { range, text }: { range: [number, number]; text: string },
  code: string,
): string {
  return code.slice(0, range[0]) + text + code.slice(range[1]);
}

import * as typescriptParser from "@typescript-eslint/parser";
import type { TSESLint } from "@typescript-eslint/utils";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";

/** What the rule says of a program. */
export interface Verdict {
  readonly sourceCode: TSESLint.SourceCode;
  /** The reported acquires, as `line:column` with the column from 0. */
  readonly reported: ReadonlyMap<string, string>;
}

const parsers = {
  espree: undefined,
  typescript: typescriptParser,
};

export type Parser = keyof typeof parsers;

const linter = new Linter();

const configs = Object.fromEntries(
  Object.entries(parsers).map(([name, parser]) => [
    name,
    {
      files: ["**/*.js"],
      plugins: { "semaphore-guard": plugin },
      rules: {
        "semaphore-guard/require-release": ["error", { throws: "any" }],
      },
      languageOptions: {
        ecmaVersion: "latest",
        sourceType: "commonjs",
        ...(parser && { parser }),
      },
    } satisfies Linter.Config,
  ]),
);

/** Lints a program with `require-release` alone, every throw counted. */
export function verdictOn(code: string, parser: Parser): Verdict {
  const messages = linter.verify(code, configs[parser]!, "program.js");
  const reported = new Map<string, string>();
  for (const { fatal, line, column, message } of messages) {
    if (fatal) throw new SyntaxError(`${message} in:\n${code}`);
    reported.set(`${line}:${column - 1}`, message);
  }
  return {
    sourceCode: linter.getSourceCode() as unknown as TSESLint.SourceCode,
    reported,
  };
}

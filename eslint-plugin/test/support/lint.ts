import * as typescriptParser from "@typescript-eslint/parser";
import plugin from "eslint-plugin-semaphore-guard";
import { Linter, type SourceCode } from "eslint";

interface Linted {
  readonly messages: Linter.LintMessage[];
  readonly sourceCode: SourceCode;
}

/** Lints one TypeScript file with the recommended config. */
export function lint(
  code: string,
  languageOptions: Linter.LanguageOptions = { parser: typescriptParser },
): Linted {
  const linter = new Linter();
  const messages = linter.verify(
    code,
    [{ ...plugin.configs.recommended, files: ["**/*.ts"], languageOptions }],
    "file.ts",
  );
  return { messages, sourceCode: linter.getSourceCode() };
}

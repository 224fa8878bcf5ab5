import type { TSESLint } from "@typescript-eslint/utils";

const sample = "async () => { using permit = await acquire(); }";
const known = new WeakMap<object, Map<unknown, boolean>>();

/**
 * Whether the file's parser takes a `using` declaration, found out by having it
 * parse one. The answer is kept for each parser and language version.
 */
export function parsesUsing(
  languageOptions: TSESLint.FlatConfig.LanguageOptions,
): boolean {
  const { parser, ecmaVersion } = languageOptions;
  if (!parser) return false;
  let answers = known.get(parser);
  if (!answers) known.set(parser, (answers = new Map<unknown, boolean>()));
  let answer = answers.get(ecmaVersion);
  if (answer === undefined) {
    answer = parses(parser, { ecmaVersion, sourceType: "module" });
    answers.set(ecmaVersion, answer);
  }
  return answer;
}

function parses(parser: object, options: object): boolean {
  const { parse, parseForESLint } = parser as Record<
    string,
    ((text: string, options: object) => unknown) | undefined
  >;
  try {
    (parseForESLint ?? parse)?.call(parser, sample, options);
    return true;
  } catch (error) {
    // Anything but a syntax error says nothing of the syntax: oxlint's parser
    // can't be called, and takes `using` in every file.
    return !isSyntaxError(error);
  }
}

function isSyntaxError(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && ("index" in error || "location" in error))
  );
}

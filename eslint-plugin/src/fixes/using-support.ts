import type { ParserServices, TSESLint } from "@typescript-eslint/utils";
import { memoize } from "../analysis/memoize.js";
import { variablesOf } from "../analysis/variables.js";
import { readSettings } from "../protocols/settings.js";
import { takesUsing } from "../toolchain/takes-using.js";

/** Whether a file's toolchain takes `using`; `"unknown"` if nothing says. */
export type UsingSupport = "no" | "unknown" | "yes";

/** What is asked of the context of a rule. */
export interface UsingContext {
  readonly filename: string;
  readonly languageOptions: TSESLint.FlatConfig.LanguageOptions;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
}

/**
 * Whether a rewrite may put a `using` declaration into a file: if its parser
 * takes one, by the setting `using`; else by whether the file has one already,
 * by the library of a type checker, and by what the project declares.
 */
export function usingSupport(context: UsingContext): UsingSupport {
  const { filename, languageOptions, settings, sourceCode } = context;
  if (!parsesUsing(languageOptions)) return "no";
  const own = settings["semaphore-guard"];
  const setting = own === undefined ? undefined : readSettings(own).using;
  if (setting) return setting === "always" ? "yes" : "no";
  if (hasUsing(sourceCode)) return "yes";
  const takes = checkerKnowsDisposable(context) ?? takesUsing(filename);
  return takes === undefined ? "unknown" : takes ? "yes" : "no";
}

const hasUsing = memoize((sourceCode: UsingContext["sourceCode"]): boolean =>
  [...variablesOf(sourceCode).values()].some(({ defs }) =>
    defs.some(
      ({ parent }) =>
        parent?.type === "VariableDeclaration" && parent.kind.endsWith("using"),
    ),
  ),
);

/** By the files of a type checker, where the file is one that it compiles. */
function checkerKnowsDisposable({
  filename,
  sourceCode,
}: UsingContext): boolean | undefined {
  const { program } = (sourceCode.parserServices ?? {}) as ParserServices;
  return program && /\.[cm]?tsx?$/i.test(filename)
    ? program
        .getSourceFiles()
        .some(({ fileName }) => /[./]disposable\.d\.ts$/.test(fileName))
    : undefined;
}

const sample = "async () => { using permit = await acquire(); }";
const known = new WeakMap<object, Map<unknown, boolean>>();

/**
 * Whether the file's parser takes a `using` declaration, found out by having it
 * parse one. The answer is kept for each parser and language version.
 */
function parsesUsing(
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

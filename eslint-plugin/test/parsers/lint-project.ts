import assert from "node:assert/strict";
import path from "node:path";
import eslint9 from "@semaphore-guard/eslint-9";
import { ESLint as ESLint10, type Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { TemporaryFolder } from "../support/temporary-folder.js";

/** The ESLint versions the plugin supports. */
export const eslints = {
  "ESLint 10": ESLint10,
  "ESLint 9": eslint9.ESLint as unknown as typeof ESLint10,
};

/** The files are about parsers: how many items there are counts for nothing. */
const eager: Linter.Config = {
  rules: {
    "semaphore-guard/no-unbounded-promise-all": ["error", { evidence: "any" }],
  },
};

/** What a linted file comes to. */
export interface LintedFile {
  /** Each as `line rule`, the rule without its prefix. */
  readonly findings: readonly string[];
  /** The text of the file after each suggestion, applied alone. */
  readonly rewrites: readonly string[];
}

/**
 * Lints files in a folder with all rules, as the command line does: by globs,
 * each file with the parser that the configs give it. A parsing error, of a file
 * or of what a suggestion makes of it, is a failure.
 */
export async function lintProject(
  files: Readonly<Record<string, string>>,
  configs: readonly Linter.Config[],
  ESLint: typeof ESLint10 = ESLint10,
): Promise<Record<string, LintedFile>> {
  await using folder = await TemporaryFolder.create(files);
  const eslint = new ESLint({
    cwd: folder.path,
    overrideConfigFile: true,
    overrideConfig: [plugin.configs.strict, eager, ...configs],
  });
  const linted: Record<string, LintedFile> = {};
  for (const result of await eslint.lintFiles(["**/*.*"])) {
    const { filePath, messages, source = "" } = result;
    assertParsed(result);
    const rewrites = messages
      .flatMap(({ suggestions }) => suggestions ?? [])
      .map(({ fix }) => apply(fix, source));
    for (const rewrite of rewrites) {
      const [after] = await eslint.lintText(rewrite, { filePath });
      assert(after);
      assertParsed(after);
    }
    linted[path.relative(folder.path, filePath)] = {
      findings: messages.map(({ line, ruleId }) => finding(line, ruleId)),
      rewrites,
    };
  }
  return linted;
}

/**
 * The findings that comments in a source ask for: `// leak` and `// unbounded`
 * each on its line.
 */
export function markedIn(source: string): string[] {
  return source.split(/\r?\n/).flatMap((text, index) => {
    const mark = /\/\/ (leak|unbounded)$/.exec(text)?.[1];
    if (!mark) return [];
    const rule =
      mark === "leak" ? "require-release" : "no-unbounded-promise-all";
    return [finding(index + 1, rule)];
  });
}

function finding(line: number, rule: string | null): string {
  return `${line} ${String(rule).replace("semaphore-guard/", "")}`;
}

function assertParsed({ messages, source }: ESLint10.LintResult): void {
  const error = messages.find(({ fatal }) => fatal);
  assert(!error, `${error?.message ?? ""}\n${source ?? ""}`);
}

function apply(
  { range: [start, end], text }: Linter.LintMessage["fix"] & {},
  source: string,
): string {
  // ESLint counts from behind a byte order mark.
  const code = source.replace(/^\uFEFF/, "");
  return code.slice(0, start) + text + code.slice(end);
}

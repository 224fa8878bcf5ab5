import path from "node:path";
import { ESLint, type Linter } from "eslint";

/** A finding and the change that was made because of it. */
export interface AppliedSuggestion {
  /** Relative to the project, with forward slashes. */
  file: string;
  line: number;
  ruleId: string | null;
  description: string;
}

/**
 * Applies the first suggestion of every finding in a project, in place, until
 * no finding with a suggestion is left.
 *
 * @returns what the first look at the project found and would change
 * @throws when a round of changes leaves as many findings as it started with
 */
export async function applyFirstSuggestions(
  projectFolder: string,
): Promise<AppliedSuggestion[]> {
  const found = await new ESLint({ cwd: projectFolder }).lintFiles(["."]);
  const applied = found.flatMap((result) =>
    result.messages.flatMap((message) => describe(message, result.filePath)),
  );

  const fixer = new ESLint({
    cwd: projectFolder,
    fix: true,
    overrideConfig: { processor: firstSuggestionAsFix },
  });
  let open = applied.length;
  while (open > 0) {
    const results = await fixer.lintFiles(["."]);
    await ESLint.outputFixes(results);
    const left = results
      .flatMap((result) => result.messages)
      .filter(firstSuggestion).length;
    if (left >= open) {
      throw new Error(`Suggestions don't settle: ${String(left)} are left.`);
    }
    open = left;
  }
  return applied;

  function describe(message: Linter.LintMessage, file: string) {
    const suggestion = firstSuggestion(message);
    return suggestion
      ? {
          file: path
            .relative(projectFolder, file)
            .replaceAll(path.sep, path.posix.sep),
          line: message.line,
          ruleId: message.ruleId,
          description: suggestion.desc,
        }
      : [];
  }
}

function firstSuggestion(message: Linter.LintMessage) {
  return message.suggestions?.[0];
}

/**
 * ESLint applies fixes by itself, suggestions only by hand. Handing it each
 * first suggestion as a fix leaves merging, overlaps and further passes to it.
 */
const firstSuggestionAsFix: Linter.Processor = {
  supportsAutofix: true,
  preprocess: (text) => [text],
  postprocess: (messages) =>
    messages.flat().map(({ fix: _otherFix, ...message }) => {
      const suggestion = firstSuggestion(message);
      return suggestion ? { ...message, fix: suggestion.fix } : message;
    }),
};

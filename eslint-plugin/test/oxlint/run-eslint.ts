import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as typescriptParser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { type Finding, sorted } from "./finding.js";

/** Runs ESLint on a folder, with the rules and settings of an oxlint config. */
export async function runEslint(
  folder: string,
  oxlintConfig: string,
): Promise<Finding[]> {
  const results = await (await eslint(folder, oxlintConfig)).lintFiles(["."]);
  return sorted(
    results.flatMap(({ filePath, messages }) =>
      messages.map((message) => findingOf(folder, filePath, message)),
    ),
  );
}

/** The text of each file with the first suggestion of each finding applied. */
export async function eslintSuggestions(
  folder: string,
  oxlintConfig: string,
): Promise<Record<string, string>> {
  const results = await (await eslint(folder, oxlintConfig)).lintFiles(["."]);
  const texts: Record<string, string> = {};
  for (const { filePath, messages } of results) {
    let text = await readFile(filePath, "utf8");
    // From the last to the first, so that the ranges of the others hold.
    for (const { suggestions } of messages.toReversed()) {
      const fix = suggestions?.[0]?.fix;
      if (!fix) continue;
      const [start, end] = fix.range;
      text = text.slice(0, start) + fix.text + text.slice(end);
    }
    texts[path.relative(folder, filePath)] = text;
  }
  return texts;
}

async function eslint(folder: string, oxlintConfig: string): Promise<ESLint> {
  const { rules, settings } = JSON.parse(
    await readFile(oxlintConfig, "utf8"),
  ) as Required<Pick<Linter.Config, "rules" | "settings">>;
  return new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ["**/*.js"],
        plugins: { "semaphore-guard": plugin },
        rules,
        settings,
      },
      {
        files: ["**/*.ts"],
        languageOptions: { parser: typescriptParser },
        plugins: { "semaphore-guard": plugin },
        rules,
        settings,
      },
    ],
  });
}

function findingOf(
  folder: string,
  filePath: string,
  { line, column, ruleId, message }: Linter.LintMessage,
): Finding {
  assert(ruleId !== null && ruleId.startsWith("semaphore-guard/"), message);
  const file = path.relative(folder, filePath);
  const rule = ruleId.slice("semaphore-guard/".length);
  return { file, line, column, rule, message };
}

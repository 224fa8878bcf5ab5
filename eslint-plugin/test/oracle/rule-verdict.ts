import * as typescriptParser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/types";
import type { TSESLint } from "@typescript-eslint/utils";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { fileOf } from "eslint-plugin-semaphore-guard/facts";
import {
  type PermitFacts,
  permitFactsOf,
} from "../../src/analysis/permit-facts.js";

/** What the rule says of a program. */
export interface Verdict {
  readonly sourceCode: TSESLint.SourceCode;
  /** The reported acquires, by their place, and what is said of them. */
  readonly reported: ReadonlyMap<string, string>;
  /** The acquires whose permit is released twice, by their place. */
  readonly releasedTwice: ReadonlySet<string>;
  /** The acquires after whose failure a release comes, by their place. */
  readonly releasedInVain: ReadonlySet<string>;
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

function placesOf(facts: readonly PermitFacts[]): ReadonlySet<string> {
  return new Set(facts.map(({ site: { call } }) => placeOf(call.loc.start)));
}

/** A place as `line:column`, the column counted from 0. */
export function placeOf({ line, column }: TSESTree.Position): string {
  return `${line}:${column}`;
}

/** Lints a program with `require-release` alone, every throw counted. */
export function verdictOn(code: string, parser: Parser): Verdict {
  const messages = linter.verify(code, configs[parser]!, "program.js");
  const reported = new Map<string, string>();
  for (const { fatal, line, column, message } of messages) {
    if (fatal) throw new SyntaxError(`${message} in:\n${code}`);
    reported.set(placeOf({ line, column: column - 1 }), message);
  }
  const sourceCode = linter.getSourceCode() as unknown as TSESLint.SourceCode;
  const facts = permitFactsOf(fileOf({ sourceCode }));
  return {
    sourceCode,
    reported,
    releasedTwice: placesOf(
      facts.filter(({ outcome }) => outcome?.secondReleases.size),
    ),
    releasedInVain: placesOf(
      facts.filter(({ outcome }) => outcome?.vainReleases.size),
    ),
  };
}

import type { TSESLint } from "@typescript-eslint/utils";
import { type ProtocolTable, tableFor } from "../protocols/table.js";
import { memoize } from "./memoize.js";
import { type Variables, variablesOf } from "./variables.js";

/** A file under analysis, and the protocols by which it is read. */
export interface File {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly table: ProtocolTable;
}

const files = new WeakMap<TSESLint.SourceCode, Map<ProtocolTable, File>>();

/**
 * The file that a rule is run on, or that a linter has parsed. The same source
 * code and settings give the same object, by which all facts are cached.
 * Throws a {@link SettingsError} where the settings are none of ours.
 */
export function fileOf({
  sourceCode,
  settings = {},
}: {
  readonly sourceCode: TSESLint.SourceCode;
  readonly settings?: Readonly<Record<string, unknown>>;
}): File {
  const table = tableFor(settings);
  let byTable = files.get(sourceCode);
  if (!byTable)
    files.set(sourceCode, (byTable = new Map<ProtocolTable, File>()));
  let file = byTable.get(table);
  if (!file) {
    file = {
      sourceCode,
      get variables() {
        return variablesOf(sourceCode);
      },
      table,
    };
    byTable.set(table, file);
  }
  return file;
}

/** A function whose result is kept for each file. */
export const perFile: <Fact>(
  compute: (file: File) => Fact,
) => (file: File) => Fact = memoize;

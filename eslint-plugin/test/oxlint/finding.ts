/** What a linter says, in the words common to ESLint and oxlint. */
export interface Finding {
  /** Relative to the linted folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Without the plugin's prefix. */
  readonly rule: string;
  readonly message: string;
}

/** By file, then from top to bottom. */
export function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      a.rule.localeCompare(b.rule),
  );
}

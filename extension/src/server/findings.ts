import type { Linter } from "eslint/universal";
import {
  DiagnosticSeverity,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type TextEdit,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { ruleDocumentation, type LintResult } from "./lint.js";
import { rangeBetween, rangeOfOffsets, restOfLine } from "./text-range.js";

/** One way out that a finding offers. */
export interface Suggestion {
  readonly title: string;
  readonly edit: TextEdit;
}

/** One problem in a document, as the editor shows it, and the ways out of it. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly suggestions: readonly Suggestion[];
}

/** The name under which the editor lists our diagnostics. */
export const diagnosticSource = "semaphore-guard";

/** Turns what the linter said about a document into findings in the editor's terms. */
export function findingsOf(
  document: TextDocument,
  result: LintResult,
): Finding[] {
  return result.messages.map((message) => ({
    diagnostic: diagnosticOf(document, result, message),
    suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({
      title: desc,
      edit: { range: rangeOfOffsets(document, fix.range), newText: fix.text },
    })),
  }));
}

/** The finding that stands for a check that broke down, so that a silent file is never a lie. */
export function breakdownFinding(
  document: TextDocument,
  error: unknown,
): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    diagnostic: {
      source: diagnosticSource,
      severity: DiagnosticSeverity.Warning,
      range: restOfLine(document, 0, 0),
      message: `Semaphore Guard could not check this file: ${reason}`,
    },
    suggestions: [],
  };
}

function diagnosticOf(
  document: TextDocument,
  result: LintResult,
  message: Linter.LintMessage,
): Diagnostic {
  const diagnostic: Diagnostic = {
    source: diagnosticSource,
    severity:
      message.severity === 2
        ? DiagnosticSeverity.Error
        : DiagnosticSeverity.Warning,
    range: messageRange(document, result, message),
    message: message.message,
  };
  if (message.ruleId === null) {
    return diagnostic;
  }
  diagnostic.code = message.ruleId;
  const href = ruleDocumentation(message.ruleId);
  if (href !== undefined) {
    diagnostic.codeDescription = { href };
  }
  const path = leakingPath(document, result, message);
  if (path.length > 0) {
    diagnostic.relatedInformation = path;
  }
  return diagnostic;
}

function messageRange(
  document: TextDocument,
  { sourceCode }: LintResult,
  message: Linter.LintMessage,
) {
  const { line, column, endLine, endColumn } = message;
  if (sourceCode === undefined || endLine == null || endColumn == null) {
    return restOfLine(document, (line ?? 1) - 1, (column ?? 1) - 1);
  }
  const start = { line, column: column - 1 };
  return rangeBetween(document, sourceCode, start, {
    line: endLine,
    column: endColumn - 1,
  });
}

function leakingPath(
  document: TextDocument,
  { leaks, sourceCode }: LintResult,
  { ruleId, line, column }: Linter.LintMessage,
): DiagnosticRelatedInformation[] {
  if (
    sourceCode === undefined ||
    ruleId !== "semaphore-guard/require-release"
  ) {
    return [];
  }
  const leak = leaks.find(
    ({ acquire: { loc } }) =>
      loc.start.line === line && loc.start.column === column - 1,
  );
  return (leak?.path ?? []).map(({ loc, reason }) => ({
    location: {
      uri: document.uri,
      range: rangeBetween(document, sourceCode, loc.start, loc.end),
    },
    message: reason,
  }));
}

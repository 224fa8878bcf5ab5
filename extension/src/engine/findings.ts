import { leaksOf } from "eslint-plugin-semaphore-guard/facts";
import {
  DiagnosticSeverity,
  type DiagnosticRelatedInformation,
} from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  Finding,
  OffsetEdit,
  Rewrite,
  RuleMessage,
} from "../shared/check.js";
import { diagnosticSource } from "../shared/names.js";
import { disableFileEdits, disableLineEdits } from "./disable-comments.js";
import { ruleDocumentation, type LintResult } from "./lint.js";
import { translateProse } from "./localized-rules.js";
import { textEditsOf } from "./text-edits.js";
import { rangeBetween, restOfLine } from "./text-range.js";

/** Turns what the linter said about a document into findings in the editor's terms. */
export function findingsOf(
  document: TextDocument,
  result: LintResult,
): Finding[] {
  return result.messages.map((message) => findingOf(document, result, message));
}

function findingOf(
  document: TextDocument,
  result: LintResult,
  message: RuleMessage,
): Finding {
  const { ruleId, suggestions = [], fix } = message;
  const diagnostic = diagnosticOf(document, result, message);
  if (ruleId === null) {
    return { diagnostic, rewrites: [] };
  }
  const disableLine =
    result.parsed &&
    disableLineEdits(
      document,
      result.parsed.sourceCode,
      diagnostic.range.start.line,
      ruleId,
    );
  return {
    diagnostic,
    rewrites: chosenFirst(suggestions, fix).map(({ desc, fix: edit }) =>
      rewriteOf(document, desc, edit),
    ),
    ...(fix && { isMendedUnasked: message.isEquivalent ?? false }),
    ...(disableLine && { disableLine }),
    disableFile: disableFileEdits(document, ruleId),
  };
}

type Suggestion = NonNullable<RuleMessage["suggestions"]>[number];

/** The suggestions with that first which a configuration has chosen to be a fix. */
function chosenFirst(
  suggestions: readonly Suggestion[],
  fix: OffsetEdit | undefined,
): Suggestion[] {
  const isChosen = (edit: OffsetEdit) =>
    edit.text === fix?.text &&
    edit.range[0] === fix.range[0] &&
    edit.range[1] === fix.range[1];
  return [
    ...suggestions.filter((each) => isChosen(each.fix)),
    ...suggestions.filter((each) => !isChosen(each.fix)),
  ];
}

const runtimeModule = /["']semaphore-guard["']/;

function rewriteOf(
  document: TextDocument,
  title: string,
  fix: OffsetEdit,
): Rewrite {
  const edits = textEditsOf(document, fix);
  return {
    title,
    edits,
    needsRuntime:
      edits.some(({ newText }) => newText.includes("semaphore-guard")) &&
      runtimeModule.test(fix.text),
  };
}

function diagnosticOf(
  document: TextDocument,
  result: LintResult,
  message: RuleMessage,
): Finding["diagnostic"] {
  const diagnostic: Finding["diagnostic"] = {
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
  { parsed }: LintResult,
  message: RuleMessage,
) {
  const { line, column, endLine, endColumn } = message;
  if (parsed === undefined || endLine == null || endColumn == null) {
    return restOfLine(document, (line ?? 1) - 1, (column ?? 1) - 1);
  }
  const start = { line, column: column - 1 };
  return rangeBetween(document, parsed.sourceCode, start, {
    line: endLine,
    column: endColumn - 1,
  });
}

function leakingPath(
  document: TextDocument,
  { parsed }: LintResult,
  { ruleId, line, column }: RuleMessage,
): DiagnosticRelatedInformation[] {
  if (parsed === undefined || !ruleId?.endsWith("/require-release")) {
    return [];
  }
  const leak = leaksOf(parsed.file).find(
    ({ acquire: { loc } }) =>
      loc.start.line === line && loc.start.column === column - 1,
  );
  return (leak?.path ?? []).map(({ loc, reason }) => ({
    location: {
      uri: document.uri,
      range: rangeBetween(document, parsed.sourceCode, loc.start, loc.end),
    },
    message: translateProse(reason),
  }));
}

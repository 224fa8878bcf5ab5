import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from "vscode-languageserver";
import type { CheckedDocument } from "./checked-documents.js";

/**
 * The quick fixes for the findings that a requested range touches.
 *
 * Each edit names the version it was computed for, so that a client never applies it to another.
 */
export function quickFixes(
  { textDocument, range, context }: CodeActionParams,
  checked: CheckedDocument,
): CodeAction[] {
  if (context.only !== undefined && !context.only.some(includesQuickFix)) {
    return [];
  }
  return checked.findings
    .filter(({ diagnostic }) => touches(diagnostic.range, range))
    .flatMap(({ diagnostic, suggestions }) =>
      suggestions.map(({ title, edit }, index) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [
          context.diagnostics.find((known) => isSame(known, diagnostic)) ??
            diagnostic,
        ],
        isPreferred: index === 0,
        edit: {
          documentChanges: [
            {
              textDocument: { uri: textDocument.uri, version: checked.version },
              edits: [edit],
            },
          ],
        },
      })),
    );
}

function includesQuickFix(kind: string): boolean {
  return kind === CodeActionKind.Empty || kind === CodeActionKind.QuickFix;
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.code === b.code &&
    a.message === b.message &&
    !isBefore(a.range.start, b.range.start) &&
    !isBefore(b.range.start, a.range.start)
  );
}

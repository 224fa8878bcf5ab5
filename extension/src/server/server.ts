import {
  CodeActionKind,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type Connection,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CheckedDocuments } from "./checked-documents.js";
import { quickFixes } from "./code-actions.js";
import { diagnosticSource } from "./findings.js";
import { lint } from "./lint.js";
import { TypingPause } from "./typing-pause.js";

/** Serves diagnostics, on demand, and their quick fixes over a connection. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const pause = new TypingPause();
  const checks = new CheckedDocuments(lint, (uri, error) => {
    connection.console.error(
      `Checking ${uri} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  });

  connection.onInitialize(() => ({
    serverInfo: { name: "Semaphore Guard" },
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
      },
      diagnosticProvider: {
        identifier: diagnosticSource,
        interFileDependencies: false,
        workspaceDiagnostics: false,
      },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    },
  }));

  const opened = new Set<string>();
  documents.onDidChangeContent(({ document }) => {
    // The first event of a document is its opening, which nobody types.
    if (opened.has(document.uri)) {
      pause.typed(document.uri);
    }
    opened.add(document.uri);
  });
  documents.onDidClose(({ document }) => {
    opened.delete(document.uri);
    pause.forget(document.uri);
    checks.forget(document.uri);
  });

  connection.languages.diagnostics.on(
    async ({ textDocument, previousResultId }, token) => {
      await pause.reached(textDocument.uri, token);
      if (token.isCancellationRequested) {
        return new ResponseError(
          LSPErrorCodes.RequestCancelled,
          "The document has changed.",
        );
      }
      const document = documents.get(textDocument.uri);
      if (document === undefined) {
        return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      }
      const { resultId, findings } = checks.check(document);
      return resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
        : {
            kind: DocumentDiagnosticReportKind.Full,
            resultId,
            items: findings.map(({ diagnostic }) => diagnostic),
          };
    },
  );

  connection.onCodeAction((params) => {
    const document = documents.get(params.textDocument.uri);
    return document === undefined
      ? []
      : quickFixes(params, checks.check(document));
  });

  documents.listen(connection);
  connection.listen();
}

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import type { EslintTwin } from "../shared/code-action-data.js";

/**
 * Keeps back what ESLint's own extension shows already: the same rule from the same place on.
 *
 * Of the actions for such a problem only those are left that ESLint can't offer.
 */
export class EslintDuplicates implements vscode.Disposable {
  readonly #shownByEslint = new Map<string, string>();
  readonly #refreshed = new Set<string>();
  readonly #subscription: vscode.Disposable;

  /** @param refresh has the problems of all documents asked for anew. */
  constructor(refresh: () => void) {
    this.#subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) {
        const key = uri.toString();
        const shown = fingerprint(uri);
        if (shown === (this.#shownByEslint.get(key) ?? "")) continue;
        if (shown === "") this.#shownByEslint.delete(key);
        else this.#shownByEslint.set(key, shown);
        this.#refreshed.add(key);
        refresh();
      }
    });
  }

  /** What the language client has to pass its traffic through. */
  readonly middleware: Middleware = {
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const uri = document instanceof vscode.Uri ? document : document.uri;
      // What the server knows to be unchanged may be shown differently.
      const isStale = this.#refreshed.delete(uri.toString());
      const report = await next(
        document,
        isStale ? undefined : previousResultId,
        token,
      );
      return report && "items" in report
        ? {
            ...report,
            items: report.items.filter((item) => !isShown(uri, item)),
          }
        : report;
    },
    provideCodeActions: async (document, range, context, token, next) => {
      const actions = await next(document, range, context, token);
      return actions?.filter((action) => {
        const twin = (action as { data?: Partial<EslintTwin> }).data;
        const diagnostics =
          action instanceof vscode.CodeAction ? action.diagnostics : undefined;
        return !(
          twin?.alsoByEslint &&
          diagnostics?.length &&
          diagnostics.every((each) => isShown(document.uri, each))
        );
      });
    },
  };

  /** Whether ESLint's own extension shows problems of a document. */
  hasShown(uri: vscode.Uri): boolean {
    return this.#shownByEslint.has(uri.toString());
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function byEslint(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "eslint");
}

function fingerprint(uri: vscode.Uri): string {
  return byEslint(uri).map(keyOf).join("\n");
}

function isShown(uri: vscode.Uri, diagnostic: vscode.Diagnostic): boolean {
  const key = keyOf(diagnostic);
  return byEslint(uri).some((each) => keyOf(each) === key);
}

// Where a problem ends says nothing: `eslint.problems.shortenToSingleLine` moves it.
function keyOf({ code, range: { start } }: vscode.Diagnostic): string {
  const rule = typeof code === "object" ? code.value : code;
  return [rule, start.line, start.character].join(" ");
}

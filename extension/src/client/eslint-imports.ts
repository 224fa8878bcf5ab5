import * as vscode from "vscode";
import type { DependencyOffer } from "./dependency-offer.js";
import type { EslintDuplicates } from "./eslint-duplicates.js";

const runtimeModule = /["']semaphore-guard["']/;

/**
 * Has the dependency offered where a fix by ESLint's own extension, in whose favour ours are kept
 * back, has brought in its import.
 */
export function offerForEslintImports(
  offer: DependencyOffer,
  duplicates: EslintDuplicates,
): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(
    ({ document: { uri }, contentChanges, reason }) => {
      if (
        reason === undefined &&
        duplicates.hasShown(uri) &&
        contentChanges.some(({ text }) => runtimeModule.test(text))
      ) {
        void offer.make(uri);
      }
    },
  );
}

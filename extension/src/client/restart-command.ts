import * as vscode from "vscode";
import type { ReplaceableClient } from "./replaceable-client.js";

/** Offers the command that puts a fresh language server in the place of the one there is, dead or alive. */
export function addRestartCommand(
  client: ReplaceableClient,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(
    "semaphore-guard.restart",
    async () => {
      try {
        await client.start();
        output.info("The language server has been restarted.");
      } catch (error) {
        output.error("Restarting the language server failed.", error);
        void vscode.window.showErrorMessage(
          vscode.l10n.t(
            "Semaphore Guard could not restart its language server: see its output.",
          ),
        );
      }
    },
  );
}

import * as vscode from "vscode";
import { diagnosticSource } from "../shared/names.js";
import type { ReplaceableClient } from "./replaceable-client.js";
import { scanWorkspace } from "./workspace-scan.js";

/**
 * Offers the command that checks the whole workspace, and shows what it finds in the Problems view.
 *
 * A file that is shown is left to its own, always fresh, diagnostics, and one that changes loses what
 * the scan said of it.
 *
 * @param found holds what the scan found.
 */
export function addScanCommand(
  client: ReplaceableClient,
  found: vscode.DiagnosticCollection,
): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}",
  );
  const drop = (uri: vscode.Uri) => {
    found.delete(uri);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(drop),
    watcher.onDidDelete(drop),
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      for (const tab of opened) {
        const uri = shownIn(tab);
        if (uri) drop(uri);
      }
    }),
    vscode.commands.registerCommand("semaphore-guard.scanWorkspace", () =>
      scan(client, found),
    ),
  );
}

async function scan(
  client: ReplaceableClient,
  found: vscode.DiagnosticCollection,
): Promise<void> {
  const { l10n, window } = vscode;
  const running = client.running;
  found.clear();
  await window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t("Semaphore Guard: checking the workspace"),
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      const shown: Promise<void>[] = [];
      try {
        const result = await scanWorkspace(
          running,
          {
            onFile: (done, total) => {
              progress.report({
                increment: 100 / total,
                message: l10n.t("{0} of {1} files", done, total),
              });
            },
            onProblems: (uri, problems) => {
              if (problems.length > 0 && !isShown(uri)) {
                shown.push(
                  running.protocol2CodeConverter
                    .asDiagnostics([...problems])
                    .then((diagnostics) => {
                      found.set(
                        uri,
                        diagnostics.filter((each) => !isListed(uri, each)),
                      );
                    }),
                );
              }
            },
          },
          controller.signal,
        );
        await Promise.all(shown);
        void window.showInformationMessage(
          l10n.t(
            "Semaphore Guard: {0} problems in {1} files.",
            result.problems,
            result.files,
          ),
        );
        if (result.problems > 0) {
          await vscode.commands.executeCommand(
            "workbench.actions.view.problems",
          );
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          throw error;
        }
      }
    },
  );
}

/** Whether the Problems view has a problem already, as from the task that does the same. */
function isListed(
  uri: vscode.Uri,
  { range, message }: vscode.Diagnostic,
): boolean {
  return vscode.languages
    .getDiagnostics(uri)
    .some(
      (other) =>
        other.source === diagnosticSource &&
        other.range.start.isEqual(range.start) &&
        other.message === message,
    );
}

function isShown(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some((tab) => shownIn(tab)?.toString() === uri.toString()),
  );
}

function shownIn({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

import * as vscode from "vscode";

/** Offers the command that copies the sample project to a folder of the user's choice and opens it. */
export function addSampleCommand(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand("semaphore-guard.openSample", () =>
    openSample(extensionUri),
  );
}

async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const { l10n, window, workspace, Uri } = vscode;
  const [parent] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t("Put the Sample Project Here"),
    })) ?? [];
  if (parent === undefined) {
    return;
  }
  const target = Uri.joinPath(parent, "semaphore-guard-sample");
  try {
    await workspace.fs.copy(
      Uri.joinPath(extensionUri, "walkthrough", "sample"),
      target,
      { overwrite: false },
    );
  } catch (error) {
    const isThere =
      error instanceof vscode.FileSystemError && error.code === "FileExists";
    if (!isThere) throw error;
  }
  await vscode.commands.executeCommand("vscode.openFolder", target, {
    forceNewWindow: workspace.workspaceFolders !== undefined,
  });
}

import { forEachLimit } from "semaphore-guard";
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  checkText,
  type CheckTextParams,
  type CheckTextResult,
} from "../shared/requests.js";

const languageByExtension: Readonly<Record<string, string>> = {
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascriptreact",
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "typescriptreact",
};

const files = `**/*.{${Object.keys(languageByExtension).join(",")}}`;
const dependencies = "**/node_modules/**";

// So many files are read ahead of the one that is checked.
const readers = 8;

/** What a scan tells while it runs. */
export interface ScanEvents {
  readonly onFile?: (done: number, total: number) => void;
  readonly onProblems?: (uri: vscode.Uri, problems: CheckTextResult) => void;
}

/** What a scan has come to. */
export interface ScanResult {
  readonly files: number;
  readonly problems: number;
}

/**
 * Checks all files of the workspace, dependencies and what `files.exclude` hides left out.
 *
 * Rejects with the signal's reason as soon as it aborts; the files told of by then stay told of.
 */
export async function scanWorkspace(
  client: BaseLanguageClient,
  { onFile, onProblems }: ScanEvents,
  signal: AbortSignal,
): Promise<ScanResult> {
  const cancellation = new vscode.CancellationTokenSource();
  const abort = () => {
    cancellation.cancel();
  };
  signal.addEventListener("abort", abort);
  try {
    const uris = await vscode.workspace.findFiles(files, dependencies);
    let done = 0;
    let problems = 0;
    await forEachLimit(
      uris,
      readers,
      async (uri) => {
        const found = await checkFile(client, uri, cancellation.token);
        done += 1;
        problems += found.length;
        if (!signal.aborted) {
          onProblems?.(uri, found);
          onFile?.(done, uris.length);
        }
      },
      { signal },
    );
    return { files: uris.length, problems };
  } finally {
    signal.removeEventListener("abort", abort);
    cancellation.dispose();
  }
}

async function checkFile(
  client: BaseLanguageClient,
  uri: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<CheckTextResult> {
  let text: string;
  try {
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    text =
      open?.getText() ??
      new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Deleted since it was listed.
    return [];
  }
  const extension = uri.path.slice(uri.path.lastIndexOf(".") + 1);
  const params: CheckTextParams = {
    uri: uri.toString(),
    languageId: languageByExtension[extension] ?? "javascript",
    text,
  };
  return client.sendRequest<CheckTextResult>(checkText, params, token);
}

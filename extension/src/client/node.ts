import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateWith } from "./activation.js";
import type { ReplaceableClient } from "./replaceable-client.js";

let client: ReplaceableClient | undefined;

/** Starts the language server, in a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = {
    module: context.asAbsolutePath("dist/server.cjs"),
    transport: TransportKind.ipc,
  };
  client = await activateWith(
    context,
    (options) =>
      new LanguageClient("semaphore-guard", "Semaphore Guard", server, options),
    { codeCache: context.globalStorageUri.fsPath },
  );
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

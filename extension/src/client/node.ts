import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientOptions } from "./client-options.js";
import { ReplaceableClient } from "./replaceable-client.js";
import { addRestartCommand } from "./restart-command.js";

let client: ReplaceableClient | undefined;

/** Starts the language server. */
export async function activate(
  context: vscode.ExtensionContext,
): Promise<void> {
  const output = vscode.window.createOutputChannel("Semaphore Guard", {
    log: true,
  });
  const server = {
    module: context.asAbsolutePath("dist/server.cjs"),
    transport: TransportKind.ipc,
  };
  client = new ReplaceableClient(
    () =>
      new LanguageClient(
        "semaphore-guard",
        "Semaphore Guard",
        server,
        clientOptions(output),
      ),
    output,
  );
  context.subscriptions.push(output, addRestartCommand(client, output));
  await client.start();
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

import * as vscode from "vscode";
import {
  State,
  type BaseLanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient";
import {
  documentStatus,
  trustGranted,
  type DocumentStatus,
  type InitializationOptions,
} from "../shared/requests.js";
import { addActionCommands } from "./action-commands.js";
import { clientOptions } from "./client-options.js";
import { DependencyOffer } from "./dependency-offer.js";
import { EslintDuplicates } from "./eslint-duplicates.js";
import { offerForEslintImports } from "./eslint-imports.js";
import { ReplaceableClient } from "./replaceable-client.js";
import { addRestartCommand } from "./restart-command.js";
import { addSampleCommand } from "./sample-project.js";
import { addScanCommand } from "./scan-command.js";
import { addScanTask } from "./scan-task.js";
import { StatusItem } from "./status-item.js";

/**
 * Sets up everything that is the same on a computer and in a browser, and starts the language server.
 *
 * @param createClient makes a client, not yet started, for a server as the platform has them.
 * @param places where the server finds and keeps what it can't tell by itself.
 */
export async function activateWith(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
  places: Pick<InitializationOptions, "codeCache" | "engine">,
): Promise<ReplaceableClient> {
  const output = vscode.window.createOutputChannel("Semaphore Guard", {
    log: true,
  });
  const status = new StatusItem();
  const duplicates = new EslintDuplicates(() => {
    client.refreshDiagnostics();
  });
  const dependencyOffer = new DependencyOffer();
  const found = vscode.languages.createDiagnosticCollection(
    "semaphore-guard-scan",
  );
  const client = new ReplaceableClient(() => {
    const created = createClient(
      clientOptions(output, duplicates.middleware, places),
    );
    created.onNotification(documentStatus, (news: DocumentStatus) => {
      status.set(news);
    });
    created.onDidChangeState(({ newState }) => {
      status.setDown(newState === State.Stopped);
    });
    return created;
  }, output);
  context.subscriptions.push(
    output,
    status,
    duplicates,
    addRestartCommand(client, output),
    vscode.commands.registerCommand("semaphore-guard.showOutput", () => {
      output.show();
    }),
    addActionCommands(dependencyOffer),
    offerForEslintImports(dependencyOffer, duplicates),
    found,
    addScanCommand(client, found),
    addScanTask(client, found),
    addSampleCommand(context.extensionUri),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void client.running.sendNotification(trustGranted);
    }),
  );
  await client.start();
  return client;
}

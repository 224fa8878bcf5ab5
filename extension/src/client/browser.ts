import { Uri, type ExtensionContext } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { activateWith } from "./activation.js";
import type { ReplaceableClient } from "./replaceable-client.js";

let client: ReplaceableClient | undefined;

/** Starts the language server, in a worker of the browser's. */
export async function activate(context: ExtensionContext): Promise<void> {
  const file = (name: string) =>
    Uri.joinPath(context.extensionUri, "dist", name).toString(true);
  client = await activateWith(
    context,
    (options) =>
      new LanguageClient(
        "semaphore-guard",
        "Semaphore Guard",
        () => Promise.resolve(connectTo(new Worker(file("server.web.js")))),
        options,
      ),
    { engine: file("engine.cjs") },
  );
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

// The client knows a worker by its class, which is another one in the editor's own worker.
function connectTo(worker: Worker): MessageTransports {
  return {
    reader: new BrowserMessageReader(worker),
    writer: new BrowserMessageWriter(worker),
  };
}

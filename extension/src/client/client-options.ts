import { l10n, workspace, type LogOutputChannel } from "vscode";
import type { LanguageClientOptions, Middleware } from "vscode-languageclient";
import type { InitializationOptions } from "../shared/requests.js";
import { checkedDocuments } from "./documents.js";

/** What the language client is told, whatever the server runs on. */
export function clientOptions(
  outputChannel: LogOutputChannel,
  middleware: Middleware,
  places: Pick<InitializationOptions, "codeCache" | "engine">,
): LanguageClientOptions {
  return {
    documentSelector: checkedDocuments,
    outputChannel,
    middleware,
    initializationOptions: {
      isTrusted: workspace.isTrusted,
      ...(l10n.bundle && { translations: l10n.bundle }),
      ...places,
    } satisfies InitializationOptions,
  };
}

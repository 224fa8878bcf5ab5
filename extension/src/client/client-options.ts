import type { LogOutputChannel } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";

const languages = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
];

// Not every scheme: the old side of a diff and a chat's code block are documents as well.
const schemes = ["file", "untitled", "vscode-vfs"];

/** What the language client is told, whatever the server runs on. */
export function clientOptions(
  outputChannel: LogOutputChannel,
): LanguageClientOptions {
  return {
    documentSelector: languages.flatMap((language) =>
      schemes.map((scheme) => ({ language, scheme })),
    ),
    outputChannel,
  };
}

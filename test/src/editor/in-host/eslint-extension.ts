import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { eslintServerVariable, nodeVariable } from "./environment.js";
import { vscode } from "./vscode.js";

// One that outlives the clients: a server that ends may still have lines to say.
const outputChannel = vscode.window.createOutputChannel("ESLint", {
  log: true,
});

/**
 * Starts the server of ESLint's own extension as that extension does, with its
 * default settings and problems shortened to a line: what it publishes, the
 * editor has from the very same code.
 */
export async function startEslintExtension(
  folder: string,
): Promise<LanguageClient> {
  const uri = vscode.Uri.file(folder).toString();
  const settings = {
    validate: "on",
    packageManager: "npm",
    useESLintClass: false,
    useRealpaths: false,
    experimental: {},
    codeActionOnSave: { mode: "all" },
    format: false,
    quiet: false,
    onIgnoredFiles: "off",
    options: {},
    rulesCustomizations: [],
    run: "onType",
    problems: { shortenToSingleLine: true },
    nodePath: null,
    workspaceFolder: { name: "configured", uri },
    workingDirectory: { directory: folder },
    codeAction: {
      disableRuleComment: {
        enable: true,
        location: "separateLine",
        commentStyle: "line",
      },
      showDocumentation: { enable: true },
    },
  };
  const client = new LanguageClient(
    "eslint",
    "ESLint",
    {
      command: variable(nodeVariable),
      args: [variable(eslintServerVariable)],
      transport: TransportKind.stdio,
    },
    {
      documentSelector: [{ scheme: "file", language: "javascript" }],
      outputChannel,
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
      middleware: {
        workspace: {
          configuration: ({ items }) => items.map(() => settings),
        },
      },
    },
  );
  await client.start();
  return client;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} must name a program`);
  }
  return value;
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeActionTriggerKind,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidOpenNotebookDocumentNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializeRequest,
  InitializedNotification,
  LogMessageNotification,
  NotebookCellKind,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
  type CancellationToken,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type Position,
  type ProtocolConnection,
  type Range,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";

import {
  documentStatus,
  trustGranted,
  type DocumentStatus,
  type InitializationOptions,
} from "../src/shared/requests.js";

const serverFile = fileURLToPath(new URL("../server.cjs", import.meta.url));

/** A diagnostic whose message is text, as all of ours are. */
export type PlainDiagnostic = Diagnostic & { message: string };

/** The bundled language server in a process of its own, spoken to over stdio. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #statuses = new Map<string, DocumentStatus>();
  /** What the server has logged. */
  readonly log: string[] = [];

  private constructor(process: ChildProcess, connection: ProtocolConnection) {
    this.#process = process;
    this.#connection = connection;
  }

  /** Starts a server for a workspace. */
  static async start(
    workspaceUri: string | null = null,
    initializationOptions?: InitializationOptions,
    settings?: () => unknown,
  ): Promise<LanguageServer> {
    const child = spawn(process.execPath, [serverFile, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new LanguageServer(child, connection);
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      server.log.push(message);
    });
    connection.onNotification(documentStatus, (status: DocumentStatus) => {
      server.#statuses.set(status.uri, status);
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(() => settings?.()),
    );
    connection.onRequest(RegistrationRequest.type, () => undefined);
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- required all the same
      rootUri: null,
      workspaceFolders:
        workspaceUri === null ? null : [{ name: "project", uri: workspaceUri }],
      capabilities: {
        workspace: { configuration: settings !== undefined },
        textDocument: {
          codeAction: { resolveSupport: { properties: ["edit"] } },
        },
      },
      initializationOptions,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  /** Stops the server in order and tells its exit code. */
  async stop(): Promise<number | null> {
    const exited = once(this.#process, "exit");
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    const [code] = (await exited) as [number | null];
    this.#connection.dispose();
    return code;
  }

  /** The memory that the server's process holds, in bytes; on Linux only. */
  memory(): number {
    const status = readFileSync(
      `/proc/${String(this.#process.pid)}/status`,
      "utf8",
    );
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  /** Kills the server, for when the test is over in whatever way. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }

  open(uri: string, languageId: string, text: string): Promise<void> {
    return this.#connection.sendNotification(
      DidOpenTextDocumentNotification.type,
      {
        textDocument: { uri, languageId, version: 1, text },
      },
    );
  }

  change(uri: string, version: number, text: string): Promise<void> {
    return this.#connection.sendNotification(
      DidChangeTextDocumentNotification.type,
      {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      },
    );
  }

  /** Makes one small change. */
  edit(
    uri: string,
    version: number,
    change: TextDocumentContentChangeEvent,
  ): Promise<void> {
    return this.#connection.sendNotification(
      DidChangeTextDocumentNotification.type,
      { textDocument: { uri, version }, contentChanges: [change] },
    );
  }

  openNotebook(
    uri: string,
    cells: readonly {
      readonly uri: string;
      readonly languageId: string;
      readonly text: string;
    }[],
  ): Promise<void> {
    return this.#connection.sendNotification(
      DidOpenNotebookDocumentNotification.type,
      {
        notebookDocument: {
          uri,
          notebookType: "jupyter-notebook",
          version: 1,
          cells: cells.map((cell) => ({
            kind: NotebookCellKind.Code,
            document: cell.uri,
          })),
        },
        cellTextDocuments: cells.map((cell) => ({ ...cell, version: 1 })),
      },
    );
  }

  /** Says that a file that configures ESLint has changed. */
  filesChanged(uri: string): Promise<void> {
    return this.#connection.sendNotification(
      DidChangeWatchedFilesNotification.type,
      { changes: [{ uri, type: FileChangeType.Changed }] },
    );
  }

  settingsChanged(): Promise<void> {
    return this.#connection.sendNotification(
      DidChangeConfigurationNotification.type,
      { settings: null },
    );
  }

  /** Says that the user has come to trust the workspace. */
  trust(): Promise<void> {
    return this.#connection.sendNotification(trustGranted);
  }

  /** What the server has said of a document, once it has been checked. */
  async status(uri: string): Promise<DocumentStatus> {
    await this.pull(uri);
    const status = this.#statuses.get(uri);
    if (status === undefined) {
      throw new Error(`Nothing has been said of ${uri}.`);
    }
    return status;
  }

  close(uri: string): Promise<void> {
    return this.#connection.sendNotification(
      DidCloseTextDocumentNotification.type,
      { textDocument: { uri } },
    );
  }

  pull(
    uri: string,
    previousResultId?: string,
    token?: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const params = {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    };
    return this.#connection.sendRequest(
      DocumentDiagnosticRequest.type,
      params,
      token,
    );
  }

  /** The diagnostics of a document that the server hasn't been asked about before. */
  async diagnostics(uri: string): Promise<PlainDiagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== "full") {
      throw new Error(`expected a full report, not ${report.kind}`);
    }
    return report.items.map((diagnostic) => {
      if (typeof diagnostic.message !== "string") {
        throw new Error("expected a message in plain text");
      }
      return { ...diagnostic, message: diagnostic.message };
    });
  }

  /** An action with its edit. */
  resolve(action: CodeAction): Promise<CodeAction> {
    return this.#connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.#connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position,
    });
  }

  /** The quick fixes at a place, as an editor asks for them whenever the caret has moved. */
  lightBulb(uri: string, range: Range): Promise<CodeAction[]> {
    return this.quickFixes(uri, range, {
      triggerKind: CodeActionTriggerKind.Automatic,
    });
  }

  /** The quick fixes at a place, as somebody asks for them. */
  async quickFixes(
    uri: string,
    range: Range,
    context: Partial<CodeActionContext> = {},
    token?: CancellationToken,
  ): Promise<CodeAction[]> {
    const actions = await this.#connection.sendRequest(
      CodeActionRequest.type,
      {
        textDocument: { uri },
        range,
        context: {
          diagnostics: [],
          triggerKind: CodeActionTriggerKind.Invoked,
          ...context,
        },
      },
      token,
    );
    return (actions ?? []).map((action) => {
      if (typeof action.command === "string") {
        throw new Error(
          `expected a code action, not the command ${action.command}`,
        );
      }
      return action as CodeAction;
    });
  }
}

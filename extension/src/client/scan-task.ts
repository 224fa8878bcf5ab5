import * as vscode from "vscode";
import type { ReplaceableClient } from "./replaceable-client.js";
import { scanWorkspace } from "./workspace-scan.js";

const type = "semaphore-guard";

/**
 * Offers the task that checks the workspace, whose lines the problem matcher `$semaphore-guard` reads.
 *
 * @param found what the command that does the same has found: the task's lines take its place.
 */
export function addScanTask(
  client: ReplaceableClient,
  found: vscode.DiagnosticCollection,
): vscode.Disposable {
  const taskFor = (definition: vscode.TaskDefinition): vscode.Task => {
    const task = new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      vscode.l10n.t("check the workspace"),
      "Semaphore Guard",
      new vscode.CustomExecution(() => {
        found.clear();
        return Promise.resolve(new ScanTerminal(client));
      }),
      "$semaphore-guard",
    );
    task.group = vscode.TaskGroup.Test;
    return task;
  };
  return vscode.tasks.registerTaskProvider(type, {
    provideTasks: () => [taskFor({ type })],
    resolveTask: ({ definition }) => taskFor(definition),
  });
}

/** Runs a scan as a program would: a line for each problem, and an exit code that says whether there are any. */
class ScanTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly #controller = new AbortController();
  readonly #client: ReplaceableClient;
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  constructor(client: ReplaceableClient) {
    this.#client = client;
  }

  open(): void {
    void this.#run().then((exitCode) => {
      this.#close.fire(exitCode);
    });
  }

  close(): void {
    this.#controller.abort();
  }

  async #run(): Promise<number> {
    try {
      const { files, problems } = await scanWorkspace(
        this.#client.running,
        {
          onProblems: (uri, found) => {
            for (const { range, severity, message, code } of found) {
              const { line, character } = range.start;
              const level = severity === 1 ? "error" : "warning";
              this.#line(
                `${uri.fsPath}:${line + 1}:${character + 1}: ${level} ${message} [${code ?? ""}]`,
              );
            }
          },
        },
        this.#controller.signal,
      );
      this.#line(
        vscode.l10n.t(
          "Semaphore Guard: {0} problems in {1} files.",
          problems,
          files,
        ),
      );
      return problems > 0 ? 1 : 0;
    } catch (error) {
      this.#line(error instanceof Error ? error.message : String(error));
      return 2;
    }
  }

  #line(text: string): void {
    this.#write.fire(`${text}\r\n`);
  }
}

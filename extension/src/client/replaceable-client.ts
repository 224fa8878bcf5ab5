import { workspace, type LogOutputChannel } from "vscode";
import {
  DocumentDiagnosticRequest,
  type BaseLanguageClient,
} from "vscode-languageclient";

/**
 * A language client that can be replaced.
 *
 * A client whose server hung or never started refuses to stop, and so to restart: a fresh one doesn't care.
 */
export class ReplaceableClient {
  readonly #create: () => BaseLanguageClient;
  readonly #output: LogOutputChannel;
  #client: BaseLanguageClient | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(create: () => BaseLanguageClient, output: LogOutputChannel) {
    this.#create = create;
    this.#output = output;
  }

  /** Starts a client, in the place of the one there may be. Rejects when the server doesn't come up. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#discard();
      this.#client = this.#create();
      await this.#client.start();
    });
  }

  /**
   * The client there is.
   *
   * @throws an error that says how to get one, where there is none.
   */
  get running(): BaseLanguageClient {
    if (this.#client === undefined) {
      throw new Error(
        "The language server is not running. Run “Semaphore Guard: Restart Language Server”.",
      );
    }
    return this.#client;
  }

  /** Has the problems of all open documents asked for anew. */
  refreshDiagnostics(): void {
    const feature = this.#client?.getFeature(DocumentDiagnosticRequest.method);
    for (const document of workspace.textDocuments) {
      const provider = feature?.getProvider(document);
      if (provider !== undefined) {
        provider.onDidChangeDiagnosticsEmitter.fire();
        return;
      }
    }
  }

  /** Stops the client for good. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#discard());
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #discard(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.#output.warn("The language server did not stop in order.", error);
    }
  }
}

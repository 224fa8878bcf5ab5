import * as vscode from "vscode";
import type { DocumentStatus, EngineInUse } from "../shared/requests.js";
import { checkedDocuments } from "./documents.js";

/** Says for the document at hand how many problems it has, and which engine and configuration found them. */
export class StatusItem {
  readonly #item = vscode.languages.createLanguageStatusItem(
    "semaphore-guard.status",
    checkedDocuments,
  );
  readonly #byUri = new Map<string, DocumentStatus>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #isDown = false;

  constructor() {
    this.#item.name = "Semaphore Guard";
    this.#subscriptions = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#show();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#byUri.delete(uri.toString());
      }),
    ];
    this.#show();
  }

  /** Takes in what the server says of a document. */
  set(status: DocumentStatus): void {
    this.#byUri.set(vscode.Uri.parse(status.uri).toString(), status);
    this.#show();
  }

  /** Says that there is no server, or that there is one again. */
  setDown(isDown: boolean): void {
    this.#isDown = isDown;
    this.#byUri.clear();
    this.#show();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #show(): void {
    const { l10n, window, LanguageStatusSeverity } = vscode;
    const item = this.#item;
    const document = window.activeTextEditor?.document;
    const status = document && this.#byUri.get(document.uri.toString());
    item.busy = !this.#isDown && status === undefined;
    item.severity = LanguageStatusSeverity.Information;
    item.command = {
      title: l10n.t("Show Output"),
      command: "semaphore-guard.showOutput",
    };
    if (this.#isDown) {
      item.severity = LanguageStatusSeverity.Error;
      item.text = l10n.t("The language server is not running");
      item.detail = "";
      item.command = {
        title: l10n.t("Restart"),
        command: "semaphore-guard.restart",
      };
      return;
    }
    if (status === undefined) {
      item.text = l10n.t("Checking…");
      item.detail = "";
      return;
    }
    const { engine, problems } = status;
    item.text =
      engine.kind === "none" ? l10n.t("Not checked") : countOf(problems);
    item.detail = engineInWords(engine);
    if (isWorthAttention(engine)) {
      item.severity = LanguageStatusSeverity.Warning;
    } else if (problems > 0) {
      item.command = {
        title: l10n.t("Show Problems"),
        command: "workbench.actions.view.problems",
      };
    }
  }
}

function countOf(problems: number): string {
  switch (problems) {
    case 0:
      return vscode.l10n.t("No problems");
    case 1:
      return vscode.l10n.t("1 problem");
    default:
      return vscode.l10n.t("{0} problems", problems);
  }
}

function isWorthAttention(engine: EngineInUse): boolean {
  return (
    (engine.kind === "bundled" && engine.trouble !== undefined) ||
    (engine.kind === "eslint" && !engine.hasRules)
  );
}

function engineInWords(engine: EngineInUse): string {
  const { l10n, workspace } = vscode;
  switch (engine.kind) {
    case "bundled": {
      const own = l10n.t("Bundled engine, config “{0}”", engine.ruleset);
      return engine.trouble === undefined
        ? own
        : `${own}: ${l10n.t("the ESLint of the workspace failed ({0})", engine.trouble)}`;
    }
    case "eslint": {
      const config = workspace.asRelativePath(engine.configFile);
      return engine.hasRules
        ? l10n.t(
            "ESLint {0} of the workspace, plugin {1}, {2}",
            engine.eslintVersion,
            engine.pluginVersion,
            config,
          )
        : l10n.t("{0} turns on no rule of Semaphore Guard here", config);
    }
    case "none":
      switch (engine.reason) {
        case "dependency":
          return l10n.t("The file belongs to a dependency");
        case "disabled":
          return l10n.t("Switched off by the setting semaphore-guard.enable");
        case "ignored":
          return l10n.t("The ESLint configuration ignores the file");
        case "size":
          return l10n.t(
            "The file is larger than the setting semaphore-guard.maxFileSize",
          );
      }
  }
}

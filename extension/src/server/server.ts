import {
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  CodeActionTriggerKind,
  type CancellationToken,
  type CodeAction,
  type CodeActionContext,
  type Connection,
  type InitializeParams,
} from "vscode-languageserver";
import {
  checkText,
  documentStatus,
  trustGranted,
  type CheckTextParams,
  type CheckTextResult,
  type DocumentStatus,
  type InitializationOptions,
} from "../shared/requests.js";
import { diagnosticSource } from "../shared/names.js";
import { setTranslations } from "../shared/translate.js";
import { CheckedDocuments } from "./checked-documents.js";
import { diagnosticsIn, placeOf, rangeInText } from "./checked-text.js";
import { Checker } from "./checker.js";
import { codeActions, completedAction, fixAllKind } from "./code-actions.js";
import type { ActionData } from "../shared/code-action-data.js";
import { OpenTexts } from "./open-texts.js";
import { ReplaceableWorker, TaskFailedError } from "./replaceable-worker.js";
import { SettingsCache } from "./settings-cache.js";
import { TypingPause } from "./typing-pause.js";
import { within } from "./within.js";
import type {
  StartWorker,
  WorkerEvents,
  WorkerHandle,
} from "./worker-handle.js";
import { WorkspaceFolders } from "./workspace-folders.js";

/** Milliseconds that a question nobody asked for by hand may take, as those of each move of the caret. */
const patience = 60;

// What is done on save may take a moment longer, and must not for ever.
const savePatience = 1000;

// A scan of the workspace waits for whoever has a file before his eyes.
const scanPriority = -1;

/** What a server stands on: a runtime's ways to start workers. */
export interface Platform {
  readonly startEngine: (
    options: InitializationOptions,
    events: WorkerEvents,
  ) => WorkerHandle;
  /** Undefined where no ESLint but ours can be run. */
  readonly startWorkspaceEslint: StartWorker | undefined;
  /** The file behind an address, undefined where there is none. */
  readonly fileOf: (uri: string) => string | undefined;
  /** Whether the toolchain of a file takes `using`; undefined where nothing says. */
  readonly takesUsing: (file: string) => boolean | undefined;
}

/** Serves diagnostics, on demand, quick fixes and hovers over a connection. */
export function serve(connection: Connection, platform: Platform): void {
  const texts = new OpenTexts();
  const pause = new TypingPause();
  const settings = new SettingsCache(connection);
  const folders = new WorkspaceFolders(platform.fileOf);
  const takesUsing = new Map<string, boolean | undefined>();
  const workspaceEslint =
    platform.startWorkspaceEslint &&
    new ReplaceableWorker(platform.startWorkspaceEslint);
  let isTrusted = false;
  let checker: Checker;
  let canRefresh = false;

  const checks = new CheckedDocuments(
    (uri) => texts.current(uri),
    async (current) => {
      const found = await checker.check(current);
      if (found) {
        const { text, outcome, milliseconds } = found;
        pause.checked(text.uri, milliseconds);
        for (const { uri } of text.parts) {
          const status: DocumentStatus = {
            uri,
            problems: diagnosticsIn(
              text,
              uri,
              outcome.findings.map(({ diagnostic }) => diagnostic),
            ).length,
            engine: outcome.engine,
          };
          void connection.sendNotification(documentStatus, status);
        }
        // A cell's problems may come and go with what another cell declares.
        if (text.parts.length > 1 && canRefresh) {
          void connection.languages.diagnostics.refresh();
        }
      }
      return found;
    },
  );

  function checkAgain(): void {
    checks.forgetAll();
    if (canRefresh) {
      void connection.languages.diagnostics.refresh();
    }
  }

  connection.onInitialize((params: InitializeParams) => {
    const options = (params.initializationOptions ?? {
      isTrusted: false,
    }) as InitializationOptions;
    isTrusted = options.isTrusted;
    setTranslations(options.translations);
    const engine = new ReplaceableWorker((events) => {
      const worker = platform.startEngine(options, events);
      worker.post({ name: "configure", task: options.translations });
      return worker;
    });
    engine.warmUp();
    checker = new Checker({
      engine,
      workspaceEslint,
      settingsFor: (uri) => settings.for(uri),
      placeOf: (uri) => folders.placeOf(uri),
      nearestPlace: (uri) => folders.nearestPlace(uri),
      takesUsing: (file) => {
        if (!takesUsing.has(file)) {
          takesUsing.set(file, platform.takesUsing(file));
        }
        return takesUsing.get(file);
      },
      isTrusted: () => isTrusted,
      onBreakdown: (uri, error) => {
        const reason =
          error instanceof TaskFailedError
            ? (error.stack ?? error.message)
            : String(error);
        connection.console.error(`Checking ${uri} failed: ${reason}`);
      },
    });
    folders.set(params.workspaceFolders ?? []);
    const { workspace, textDocument } = params.capabilities;
    canRefresh = workspace?.diagnostics?.refreshSupport ?? false;
    connection.onInitialized(() => {
      settings.start(
        workspace?.configuration ?? false,
        workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
        checkAgain,
      );
      if (workspace?.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders((event) => {
          folders.change(event);
          checkAgain();
        });
      }
      if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
        void connection.client.register(
          DidChangeWatchedFilesNotification.type,
          {
            watchers: watchedFiles.map((globPattern) => ({ globPattern })),
          },
        );
      }
    });
    const canResolve =
      textDocument?.codeAction?.resolveSupport?.properties.includes("edit") ??
      false;
    return {
      serverInfo: { name: "Semaphore Guard" },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
        },
        notebookDocumentSync: {
          notebookSelector: [
            {
              notebook: "*",
              cells: [
                { language: "javascript" },
                { language: "javascriptreact" },
                { language: "typescript" },
                { language: "typescriptreact" },
              ],
            },
          ],
        },
        diagnosticProvider: {
          identifier: diagnosticSource,
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
        codeActionProvider: {
          codeActionKinds: ["quickfix", fixAllKind],
          resolveProvider: canResolve,
        },
        hoverProvider: true,
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
        },
      },
    };
  });

  texts.listen(connection, {
    onTyped: (uri) => {
      pause.typed(uri);
    },
    onClosed: (uri) => {
      pause.forget(uri);
      checks.forget(uri);
    },
  });

  connection.languages.diagnostics.on(
    async ({ textDocument, previousResultId }, token) => {
      const uri = texts.textUri(textDocument.uri);
      await pause.reached(uri, token);
      const checked = await checks.check(
        uri,
        () => !token.isCancellationRequested,
      );
      if (token.isCancellationRequested) {
        return cancelled();
      }
      if (checked === undefined) {
        return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      }
      const { resultId, findings, text } = checked;
      return resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
        : {
            kind: DocumentDiagnosticReportKind.Full,
            resultId,
            items: diagnosticsIn(
              text,
              textDocument.uri,
              findings.map(({ diagnostic }) => diagnostic),
            ),
          };
    },
  );

  connection.onCodeAction(async (params, token) => {
    const uri = texts.textUri(params.textDocument.uri);
    const version = texts.current(uri)?.version;
    const checked = await within(
      patienceFor(params.context),
      checks.check(uri, () => texts.current(uri)?.version === version),
      token,
    );
    if (token.isCancellationRequested) {
      return cancelled();
    }
    if (texts.current(uri)?.version !== version) {
      // The range that was asked about is one of a text that is no more.
      return new ResponseError<never>(
        LSPErrorCodes.ContentModified,
        "The document has changed.",
      );
    }
    if (checked === undefined) {
      return [];
    }
    const actions = codeActions(params, checked);
    // On save nobody resolves an action.
    const fixAll = actions.findIndex(({ kind }) => kind === fixAllKind);
    return fixAll === -1
      ? actions
      : actions.with(fixAll, await resolved(actions[fixAll]!));
  });

  connection.onCodeActionResolve(resolved);

  connection.onHover(async ({ textDocument, position }, token) => {
    const uri = texts.textUri(textDocument.uri);
    const checked = await within(patience, checks.check(uri), token);
    const at =
      checked &&
      rangeInText(checked.text, textDocument.uri, {
        start: position,
        end: position,
      })?.start;
    const note =
      at &&
      checked.permits.find(
        ({ range: { start, end } }) =>
          start.line <= at.line &&
          at.line <= end.line &&
          (start.line < at.line || start.character <= at.character) &&
          (at.line < end.line || at.character <= end.character),
      );
    const place = note && placeOf(checked.text, note.range);
    return place
      ? {
          contents: { kind: "markdown", value: note.text },
          range: place.range,
        }
      : null;
  });

  connection.onDidChangeWatchedFiles(() => {
    workspaceEslint?.restart();
    takesUsing.clear();
    checkAgain();
  });

  connection.onNotification(trustGranted, () => {
    isTrusted = true;
    checkAgain();
  });

  connection.onRequest(
    checkText,
    async (
      params: CheckTextParams,
      token: CancellationToken,
    ): Promise<CheckTextResult> => {
      const found = await checker.check(
        () => (token.isCancellationRequested ? undefined : params),
        scanPriority,
      );
      return found?.outcome.findings.map(({ diagnostic }) => diagnostic) ?? [];
    },
  );

  connection.listen();

  async function resolved(action: CodeAction): Promise<CodeAction> {
    const data = action.data as Partial<ActionData> | undefined;
    const checked =
      data?.uri === undefined ? undefined : await checks.check(data.uri);
    if (checked === undefined || checked.text.version !== data?.version) {
      return action;
    }
    const edits = await checker.fixAll(checked, data.ruleId);
    const needsRuntime = checked.findings.some(
      ({ diagnostic, rewrites, isMendedUnasked }) =>
        rewrites[0]?.needsRuntime &&
        (data.ruleId === undefined
          ? isMendedUnasked
          : diagnostic.code === data.ruleId),
    );
    return completedAction(action, checked, edits, needsRuntime);
  }
}

/** How long an answer may take in milliseconds; undefined where it is worth waiting for. */
function patienceFor({
  only,
  triggerKind,
}: CodeActionContext): number | undefined {
  if (triggerKind === CodeActionTriggerKind.Invoked) {
    return undefined;
  }
  return only?.some((kind) => kind.startsWith("source"))
    ? savePatience
    : patience;
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(
    LSPErrorCodes.RequestCancelled,
    "Nobody waits for the answer any more.",
  );
}

/** What an ESLint configuration may stand in, or depend on. */
const watchedFiles = [
  "**/eslint.config.{js,mjs,cjs,ts,mts,cts}",
  "**/{package,tsconfig*}.json",
  "**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb}",
];

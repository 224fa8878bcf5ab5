import type { TextEdit } from "vscode-languageserver";
import type {
  CheckResult,
  CheckTask,
  FixAllTask,
  RuleMessage,
  TextPlace,
} from "../shared/check.js";
import { documentName } from "../shared/document-name.js";
import type { EngineInUse, Settings } from "../shared/requests.js";
import type {
  WorkspaceFixAllTask,
  WorkspaceLintResult,
  WorkspaceLintTask,
} from "../shared/workspace-lint.js";
import { breakdownFinding } from "./breakdown-finding.js";
import type { CheckedDocument, CheckOutcome } from "./checked-documents.js";
import type { CheckedText } from "./checked-text.js";
import type { ReplaceableWorker } from "./replaceable-worker.js";

/** Milliseconds a check may take before its worker is replaced. */
const engineDeadline = 20_000;

// The first lint of a project that checks types reads the whole project.
const workspaceDeadline = 60_000;

/** What a text is, as far as its check goes. */
export type CheckableText = Pick<CheckedText, "uri" | "languageId" | "text">;

/** What a checker works with. */
export interface CheckerParts {
  readonly engine: ReplaceableWorker;
  /** Runs the ESLint of workspaces; undefined where nothing can. */
  readonly workspaceEslint: ReplaceableWorker | undefined;
  readonly settingsFor: (uri: string) => Promise<Settings>;
  /** The file that a text is of and the workspace folder it lies in, if there are both. */
  readonly placeOf: (
    uri: string,
  ) => Required<Pick<TextPlace, "file" | "folder">> | undefined;
  /** Where a text lies, whatever is known of that. */
  readonly nearestPlace: (uri: string) => TextPlace;
  /** Whether the toolchain of a file takes `using`; undefined where nothing says. */
  readonly takesUsing: (file: string) => boolean | undefined;
  readonly isTrusted: () => boolean;
  /** Told of each check that broke down. */
  readonly onBreakdown: (uri: string, error: unknown) => void;
}

/** A text that has been checked. */
export interface Checked<Text> {
  readonly text: Text;
  readonly outcome: CheckOutcome;
  /** How long it took, from its turn on. */
  readonly milliseconds: number;
}

interface WorkspaceVerdict {
  readonly engine: EngineInUse;
  readonly messages: readonly RuleMessage[];
  readonly protocolSettings?: unknown;
}

/** Checks texts: with the ESLint of their own project where it has our plugin, else with ours. */
export class Checker {
  readonly #parts: CheckerParts;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  /**
   * Checks the text that is current when its turn has come. Never rejects: what breaks down is a
   * finding of its own.
   *
   * @returns undefined when there was no text any more.
   */
  async check<Text extends CheckableText>(
    current: () => Text | undefined,
    priority = 0,
  ): Promise<Checked<Text> | undefined> {
    const first = current();
    if (first === undefined) {
      return undefined;
    }
    let text = first;
    const settings = await this.#parts.settingsFor(text.uri);
    const reason = reasonToSkip(text, settings);
    if (reason !== undefined) {
      return {
        text,
        outcome: nothing({ kind: "none", reason }),
        milliseconds: 0,
      };
    }
    let begun = performance.now();
    const milliseconds = () => performance.now() - begun;
    let engine: EngineInUse = { kind: "bundled", ruleset: settings.rules };
    try {
      const verdict = await this.#askWorkspace(
        () => (text = current() ?? text),
        settings,
        priority,
      );
      engine = verdict.engine;
      if (engine.kind === "none") {
        return {
          text,
          outcome: nothing(engine),
          milliseconds: milliseconds(),
        };
      }
      const result = await this.#parts.engine.run<CheckResult>(
        "check",
        (): CheckTask => {
          // What a workspace's ESLint said is about the very text it was asked about.
          if (engine.kind === "bundled") {
            begun = performance.now();
            text = current() ?? text;
          }
          const { uri, languageId, text: content } = text;
          return {
            ...this.#placeOf(text),
            uri,
            languageId,
            text: content,
            ruleset: settings.rules,
            ...(engine.kind === "eslint" && { messages: verdict.messages }),
            protocolSettings: verdict.protocolSettings,
          };
        },
        { deadline: engineDeadline, priority },
      );
      const outcome = { ...result, engine };
      return { text, outcome, milliseconds: milliseconds() };
    } catch (error) {
      this.#parts.onBreakdown(text.uri, error);
      const findings = [breakdownFinding(text.text, error)];
      const outcome = { findings, permits: [], engine };
      return { text, outcome, milliseconds: milliseconds() };
    }
  }

  /**
   * The edits that mend all problems of a kind, as whatever has checked a text sees them. Rejects as
   * {@link ReplaceableWorker.run} does.
   */
  async fixAll(
    { text: checked, engine }: CheckedDocument,
    ruleId: string | undefined,
  ): Promise<TextEdit[]> {
    const { workspaceEslint, placeOf, settingsFor } = this.#parts;
    const { uri, languageId, text } = checked;
    const kind = ruleId === undefined ? {} : { ruleId };
    const place = engine.kind === "eslint" ? placeOf(uri) : undefined;
    if (workspaceEslint !== undefined && place !== undefined) {
      return workspaceEslint.run(
        "fixAll",
        (): WorkspaceFixAllTask => ({
          ...place,
          uri,
          languageId,
          text,
          ...kind,
        }),
        { deadline: workspaceDeadline, priority: 1 },
      );
    }
    const { rules: ruleset } = await settingsFor(uri);
    return this.#parts.engine.run(
      "fixAll",
      (): FixAllTask => ({
        ...this.#placeOf(checked),
        uri,
        languageId,
        text,
        ruleset,
        ...kind,
      }),
      { deadline: engineDeadline, priority: 1 },
    );
  }

  #placeOf({ uri, languageId }: CheckableText): TextPlace {
    const { nearestPlace, takesUsing } = this.#parts;
    const place = nearestPlace(uri);
    const file = documentName(place.file, languageId);
    return {
      ...place,
      file,
      takesUsing: place.folder === undefined ? undefined : takesUsing(file),
    };
  }

  async #askWorkspace(
    current: () => CheckableText,
    settings: Settings,
    priority: number,
  ): Promise<WorkspaceVerdict> {
    const { workspaceEslint, placeOf, isTrusted } = this.#parts;
    const { rules: ruleset } = settings;
    const bundled: WorkspaceVerdict = {
      engine: { kind: "bundled", ruleset },
      messages: [],
    };
    const place = placeOf(current().uri);
    if (
      workspaceEslint === undefined ||
      place === undefined ||
      settings.engine === "bundled" ||
      !isTrusted()
    ) {
      return bundled;
    }
    try {
      const result = await workspaceEslint.run<WorkspaceLintResult>(
        "lint",
        (): WorkspaceLintTask => ({ ...place, text: current().text }),
        { deadline: workspaceDeadline, priority },
      );
      return verdictOf(result) ?? bundled;
    } catch (error) {
      this.#parts.onBreakdown(current().uri, error);
      const trouble = error instanceof Error ? error.message : String(error);
      return { ...bundled, engine: { kind: "bundled", ruleset, trouble } };
    }
  }
}

function verdictOf(result: WorkspaceLintResult): WorkspaceVerdict | undefined {
  switch (result.kind) {
    case "absent":
      return undefined;
    case "ignored":
      return { engine: { kind: "none", reason: "ignored" }, messages: [] };
    case "linted": {
      const { messages, protocolSettings, ...rest } = result;
      const { configFile, eslintVersion, pluginVersion, hasRules } = rest;
      return {
        engine: {
          kind: "eslint",
          configFile,
          eslintVersion,
          pluginVersion,
          hasRules,
        },
        messages,
        protocolSettings,
      };
    }
  }
}

function reasonToSkip(
  { uri, text }: CheckableText,
  { enable, maxFileSize }: Settings,
): "dependency" | "disabled" | "size" | undefined {
  if (!enable) {
    return "disabled";
  }
  // Somebody else's code, which its reader can't change.
  if (new URL(uri).pathname.split("/").includes("node_modules")) {
    return "dependency";
  }
  return text.length > maxFileSize * 1000 ? "size" : undefined;
}

function nothing(engine: EngineInUse): CheckOutcome {
  return { findings: [], permits: [], engine };
}

import type {
  Diagnostic,
  DiagnosticSeverity,
  Range,
  TextEdit,
} from "vscode-languageserver-types";

/** Which of the plugin's configs the bundled rules run with. */
export type Ruleset = "recommended" | "strict";

/** A message as ESLint gives it, in what can be sent from thread to thread. */
export interface RuleMessage {
  /** Null for what the parser says. */
  readonly ruleId: string | null;
  readonly severity: 1 | 2;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  /** What `eslint --fix` does: a configuration has asked for it. */
  readonly fix?: OffsetEdit | undefined;
  /** Whether the fix changes nothing of what happens. */
  readonly isEquivalent?: boolean | undefined;
  readonly suggestions?:
    readonly { readonly desc: string; readonly fix: OffsetEdit }[] | undefined;
}

/** Replaces what lies between two offsets. */
export interface OffsetEdit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** Where a text lies, as far as rules go by it: what is installed there, and what the file is for. */
export interface TextPlace {
  /** An absolute path on a disk; else a path below the workspace's folder, or a mere name. */
  readonly file: string;
  /** The absolute path of the folder of the project that a file on a disk lies in. */
  readonly folder?: string;
  /** Whether what compiles or runs it takes `using`; undefined where nothing says. */
  readonly takesUsing?: boolean | undefined;
}

/** A text to be checked. */
export interface CheckTask extends TextPlace {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  readonly ruleset: Ruleset;
  /** What another ESLint said about this very text: then no rule of ours is run. */
  readonly messages?: readonly RuleMessage[];
  /** `settings["semaphore-guard"]` of the ESLint configuration that holds for the text. */
  readonly protocolSettings?: unknown;
}

/** One way out of a problem. */
export interface Rewrite {
  readonly title: string;
  /** The smallest edits, which leave alone the caret and all that doesn't change. */
  readonly edits: readonly TextEdit[];
  /** Whether it imports from `semaphore-guard`, which then has to be installed. */
  readonly needsRuntime: boolean;
}

/** One problem in a text, as the editor shows it, and the ways out of it. */
export interface Finding {
  readonly diagnostic: Diagnostic & {
    message: string;
    severity: DiagnosticSeverity;
  };
  /** The one that the configuration chooses, or else the best, first. */
  readonly rewrites: readonly Rewrite[];
  /** Whether the configuration has the first rewrite done unasked, and it changes nothing of what happens. */
  readonly isMendedUnasked?: boolean;
  /** Comments that switch the rule off, for the line where one can stand there. */
  readonly disableLine?: readonly TextEdit[];
  readonly disableFile?: readonly TextEdit[];
}

/** Who has to release a permit, in words, at the call that hands it out. */
export interface PermitNote {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

/** What was found in a text. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly permits: readonly PermitNote[];
}

/** Asks for all problems of a kind in a text to be mended, as far as they can. */
export interface MendTask {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  /** The rule whose preferred rewrites are taken; undefined for the equivalent ones of all rules. */
  readonly ruleId?: string;
}

/** The same of the bundled rules. */
export interface FixAllTask extends MendTask, TextPlace {
  readonly ruleset: Ruleset;
}

/** What the engine does and gives back, by name. */
export interface EngineTasks {
  check: { readonly task: CheckTask; readonly result: CheckResult };
  fixAll: { readonly task: FixAllTask; readonly result: readonly TextEdit[] };
}

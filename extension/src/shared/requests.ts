import type { Finding, Ruleset } from "./check.js";

/** What the client tells the server at the start. */
export interface InitializationOptions {
  /** Whether code of the workspace, its ESLint above all, may be run. */
  readonly isTrusted: boolean;
  /** Messages in the editor's language, by the English ones. */
  readonly translations?: Readonly<Record<string, string>>;
  /** Where the engine is, for a server that can't tell by itself. */
  readonly engine?: string;
  /** The folder in which a server may keep compiled code from one start to the next. */
  readonly codeCache?: string;
}

/** What a text was checked by, or why it wasn't. */
export type EngineInUse =
  | {
      readonly kind: "bundled";
      readonly ruleset: Ruleset;
      /** Why the workspace's own ESLint was not asked, where it ought to have been. */
      readonly trouble?: string;
    }
  | {
      readonly kind: "eslint";
      readonly eslintVersion: string;
      readonly pluginVersion: string;
      /** The path of the ESLint configuration. */
      readonly configFile: string;
      /** Whether that configuration leaves any rule of ours on for the text. */
      readonly hasRules: boolean;
    }
  | {
      readonly kind: "none";
      readonly reason: "dependency" | "disabled" | "ignored" | "size";
    };

/** Sent by the server whenever a document has been checked. */
export const documentStatus = "semaphore-guard/documentStatus";

export interface DocumentStatus {
  readonly uri: string;
  readonly problems: number;
  readonly engine: EngineInUse;
}

/** Asks the server to check a text that isn't open, for a scan of the workspace. */
export const checkText = "semaphore-guard/checkText";

export interface CheckTextParams {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}

export type CheckTextResult = readonly Finding["diagnostic"][];

/** Sent by the client when its user has come to trust the workspace. */
export const trustGranted = "semaphore-guard/trustGranted";

/** What the server knows of the settings; see the extension's package.json. */
export interface Settings {
  readonly enable: boolean;
  readonly engine: "auto" | "bundled";
  readonly rules: Ruleset;
  /** In thousands of characters. */
  readonly maxFileSize: number;
}

export const defaultSettings: Settings = {
  enable: true,
  engine: "auto",
  rules: "recommended",
  maxFileSize: 1000,
};

/** The commands that code actions carry out once their edit is done. */
export const commands = {
  openDocumentation: "semaphore-guard.openDocumentation",
  offerDependency: "semaphore-guard.offerDependency",
  showPath: "semaphore-guard.showPath",
} as const;

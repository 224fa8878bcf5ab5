import type { MendTask, RuleMessage } from "./check.js";

/** A file to be linted by the ESLint of its own project. */
export interface WorkspaceLintTask {
  readonly file: string;
  /** The folder of the workspace that the file lies in: no configuration outside of it is looked for. */
  readonly folder: string;
  readonly text: string;
}

/** Asks for all problems of a kind to be mended that the ESLint of a file's own project sees. */
export interface WorkspaceFixAllTask
  extends MendTask, Pick<WorkspaceLintTask, "file" | "folder"> {}

/** What the project's ESLint says. */
export type WorkspaceLintResult =
  /** The project has no ESLint with our plugin: it has no say. */
  | { readonly kind: "absent" }
  | { readonly kind: "ignored"; readonly configFile: string }
  | {
      readonly kind: "linted";
      readonly messages: readonly RuleMessage[];
      readonly configFile: string;
      readonly eslintVersion: string;
      readonly pluginVersion: string;
      readonly hasRules: boolean;
      readonly protocolSettings?: unknown;
    };

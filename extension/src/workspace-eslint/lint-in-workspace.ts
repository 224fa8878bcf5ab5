import type { ESLint, Linter, Rule } from "eslint";
import { createRequire } from "node:module";
import path from "node:path";
import type { RuleMessage } from "../shared/check.js";
import type {
  WorkspaceLintResult,
  WorkspaceLintTask,
} from "../shared/workspace-lint.js";
import { nearestConfigFile } from "./config-file.js";

const pluginName = "eslint-plugin-semaphore-guard";

/** A project's ESLint, and the names under which its configuration knows our plugin. */
interface Project {
  readonly eslint: ESLint;
  readonly eslintVersion: string;
  readonly pluginVersion: string;
  readonly namespaces: Set<string>;
}

const projects = new Map<string, Project | undefined>();

/**
 * Lints a text as the ESLint of its project would, with the rules of our plugin only.
 *
 * @throws what loading the configuration or a rule of ours throws.
 */
export async function lintInWorkspace({
  file,
  folder,
  text,
}: WorkspaceLintTask): Promise<WorkspaceLintResult> {
  const configFile = nearestConfigFile(file, folder);
  const project = configFile && projectOf(configFile);
  if (!project) {
    return { kind: "absent" };
  }
  const { eslint, namespaces, eslintVersion, pluginVersion } = project;
  const config = (await eslint.calculateConfigForFile(file)) as
    Linter.Config | undefined;
  if (config === undefined) {
    return { kind: "ignored", configFile };
  }
  for (const [namespace, plugin] of Object.entries(config.plugins ?? {})) {
    if (plugin.meta?.name === pluginName) namespaces.add(namespace);
  }
  const isOurs = (ruleId: string) =>
    namespaces.has(ruleId.slice(0, ruleId.lastIndexOf("/")));
  const hasRules = Object.entries(config.rules ?? {}).some(
    ([ruleId, entry]) => isOurs(ruleId) && severityOf(entry) > 0,
  );
  const [result] = hasRules
    ? await eslint.lintText(text, { filePath: file, warnIgnored: false })
    : [];
  const messages = (result?.messages ?? []).filter(
    ({ fatal, ruleId }) => fatal ?? (ruleId !== null && isOurs(ruleId)),
  );
  return {
    kind: "linted",
    configFile,
    eslintVersion,
    pluginVersion,
    hasRules,
    messages: messages.map((message) => ({
      ...plain(message),
      isEquivalent: typeOf(message.ruleId, config) === "suggestion",
    })),
    protocolSettings: cloneable(config.settings?.["semaphore-guard"]),
  };
}

/** Undefined where the project has no ESLint with our plugin. */
function projectOf(configFile: string): Project | undefined {
  if (!projects.has(configFile)) {
    projects.set(configFile, load(configFile));
  }
  return projects.get(configFile);
}

function load(configFile: string): Project | undefined {
  const require = createRequire(configFile);
  let pluginVersion: string;
  let eslintVersion: string;
  try {
    pluginVersion = versionOf(require(`${pluginName}/package.json`));
    eslintVersion = versionOf(require("eslint/package.json"));
  } catch {
    return undefined;
  }
  const { ESLint } = require("eslint") as typeof import("eslint");
  const namespaces = new Set<string>();
  const eslint = new ESLint({
    cwd: path.dirname(configFile),
    overrideConfigFile: configFile,
    ruleFilter: ({ ruleId }) =>
      namespaces.has(ruleId.slice(0, ruleId.lastIndexOf("/"))),
  });
  return { eslint, eslintVersion, pluginVersion, namespaces };
}

/** The type of a rule: what is no problem, its rewrites leave as it is but for the looks. */
function typeOf(
  ruleId: string | null,
  { plugins = {} }: Linter.Config,
): string | undefined {
  const slash = ruleId?.lastIndexOf("/") ?? -1;
  const rule = plugins[ruleId?.slice(0, slash) ?? ""]?.rules?.[
    ruleId?.slice(slash + 1) ?? ""
  ] as Rule.RuleModule | undefined;
  return rule?.meta?.type;
}

function versionOf(manifest: unknown): string {
  return String((manifest as { version?: unknown }).version);
}

function severityOf(entry: Linter.RuleEntry | undefined): number {
  const severity: unknown = Array.isArray(entry) ? entry[0] : entry;
  return severity === "error" || severity === 2
    ? 2
    : severity === "warn" || severity === 1
      ? 1
      : 0;
}

/** A message without what can't be sent to another thread. */
function plain(message: Linter.LintMessage): RuleMessage {
  const { ruleId, severity, line, column, endLine, endColumn, fix } = message;
  return {
    ruleId: message.fatal ? null : ruleId,
    severity: severity === 2 ? 2 : 1,
    message: message.message,
    line,
    column,
    endLine,
    endColumn,
    fix,
    suggestions: message.suggestions?.map(({ desc, fix: edit }) => ({
      desc,
      fix: edit,
    })),
  };
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

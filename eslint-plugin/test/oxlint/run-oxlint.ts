import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { type Finding, sorted } from "./finding.js";

const manifest = createRequire(import.meta.url).resolve("oxlint/package.json");
const binary = path.join(path.dirname(manifest), "bin/oxlint");

/** One of oxlint's diagnostics in its JSON format. */
interface Diagnostic {
  readonly message: string;
  /** As `plugin(rule)`; a parsing error has none. */
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly {
    readonly span: { readonly line: number; readonly column: number };
  }[];
}

/** Runs oxlint on a folder, and fails on whatever isn't a finding of ours. */
export async function runOxlint(
  folder: string,
  config: string,
): Promise<Finding[]> {
  const { stdout, stderr } = await oxlint(folder, [
    ...["--config", config],
    ...["--format", "json"],
  ]);
  assert.equal(stderr, "");
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  return sorted(diagnostics.map(findingOf));
}

/** Has oxlint apply the first suggestion of each finding, in place. */
export async function applyOxlintSuggestions(
  folder: string,
  config: string,
): Promise<void> {
  await oxlint(folder, ["--config", config, "--fix-suggestions"]);
}

function findingOf(diagnostic: Diagnostic): Finding {
  const { message, code, filename, labels } = diagnostic;
  const rule = /^semaphore-guard\((.+)\)$/.exec(code ?? "")?.[1];
  const span = labels[0]?.span;
  assert(rule && span, JSON.stringify(diagnostic));
  const { line, column } = span;
  return { file: path.normalize(filename), line, column, rule, message };
}

function oxlint(
  folder: string,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [binary, ...args, "."],
      { cwd: folder },
      (error, stdout, stderr) => {
        // It exits with 1 when it has found something.
        if (error && error.code !== 1) reject(error);
        else resolve({ stdout, stderr });
      },
    );
  });
}

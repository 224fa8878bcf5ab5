import { DiagnosticSeverity } from "vscode-languageserver";
import type { Finding } from "../shared/check.js";
import { translate } from "../shared/translate.js";
import { diagnosticSource } from "../shared/names.js";

/** The finding that stands for a check that broke down, so that a silent file is never a lie. */
export function breakdownFinding(text: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  return {
    diagnostic: {
      source: diagnosticSource,
      severity: DiagnosticSeverity.Warning,
      range: {
        start: { line: 0, character: 0 },
        end: { line: 0, character: firstLine.length },
      },
      message: translate(
        "Semaphore Guard could not check this file: {0}",
        reason,
      ),
    },
    rewrites: [],
  };
}

import { TextDocument } from "vscode-languageserver-textdocument";
import type { CheckResult, CheckTask } from "../shared/check.js";
import { findingsOf } from "./findings.js";
import { lint } from "./lint.js";
import { permitNotesOf } from "./permit-notes.js";
import { mayHaveFindings } from "./text-gate.js";

/**
 * Checks a text: linear in its length but for what rules make of it.
 *
 * @throws whatever a rule throws.
 */
export function check(task: CheckTask): CheckResult {
  const { uri, languageId, text, ruleset, messages, protocolSettings } = task;
  const { file, folder, takesUsing } = task;
  const mayPass = messages === undefined || messages.length === 0;
  if (mayPass && !mayHaveFindings(text, protocolSettings)) {
    return { findings: [], permits: [] };
  }
  const result = lint(text, file, {
    folder,
    takesUsing,
    ruleset: messages === undefined ? ruleset : undefined,
    protocolSettings,
  });
  const document = TextDocument.create(uri, languageId, 0, text);
  return {
    findings: findingsOf(
      document,
      messages === undefined ? result : { ...result, messages },
    ),
    permits: result.parsed ? permitNotesOf(document, result.parsed) : [],
  };
}

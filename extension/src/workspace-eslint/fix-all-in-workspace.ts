import type { TextEdit } from "vscode-languageserver-types";
import { mendingEdits } from "../engine/mending-edits.js";
import type { WorkspaceFixAllTask } from "../shared/workspace-lint.js";
import { lintInWorkspace } from "./lint-in-workspace.js";

/** The edits that mend all problems of a kind that the ESLint of a text's project sees. */
export function fixAllInWorkspace(
  task: WorkspaceFixAllTask,
): Promise<TextEdit[]> {
  const { file, folder } = task;
  return mendingEdits(task, async (text) => {
    const result = await lintInWorkspace({ file, folder, text });
    return result.kind === "linted" ? result.messages : [];
  });
}

import type { TextEdit } from "vscode-languageserver-types";
import type { FixAllTask } from "../shared/check.js";
import { lint } from "./lint.js";
import { mendingEdits } from "./mending-edits.js";

/** The edits that mend all problems of a kind that the bundled rules see. */
export function fixAll(task: FixAllTask): Promise<TextEdit[]> {
  const { file, folder, takesUsing, ruleset } = task;
  return mendingEdits(
    task,
    (text) =>
      lint(text, file, {
        folder,
        takesUsing,
        ruleset,
        protocolSettings: undefined,
      }).messages,
  );
}

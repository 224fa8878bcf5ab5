import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "vscode-languageserver-types";
import type { FixAllTask, OffsetEdit } from "../shared/check.js";
import { textEditsOf } from "./findings.js";
import { lint } from "./lint.js";
import { minimalEdits } from "./minimal-edits.js";

// As often as ESLint does: a pass leaves what overlaps to the next.
const passes = 10;

/** The edits that mend all problems of a kind, as far as rewrites for them go. */
export function fixAll(task: FixAllTask): TextEdit[] {
  const { uri, languageId, file, ruleset, protocolSettings } = task;
  const { folder, takesUsing } = task;
  let { text } = task;
  for (let pass = 0; pass < passes; pass += 1) {
    const { messages } = lint(text, file, {
      folder,
      takesUsing,
      ruleset,
      protocolSettings,
    });
    const edits = messages.flatMap((message) => {
      const edit =
        task.ruleId === undefined
          ? message.fix
          : message.ruleId === task.ruleId
            ? message.suggestions?.[0]?.fix
            : undefined;
      return edit ? [minimalEdits(text, edit)] : [];
    });
    if (edits.length === 0) {
      break;
    }
    text = applyApart(text, edits);
  }
  const document = TextDocument.create(uri, languageId, 0, task.text);
  return textEditsOf(document, { range: [0, task.text.length], text });
}

/** Applies each group of edits as a whole, unless it meets one applied before. */
function applyApart(
  text: string,
  groups: readonly (readonly OffsetEdit[])[],
): string {
  const taken: OffsetEdit[] = [];
  for (const group of groups) {
    if (!group.some((edit) => taken.some((other) => touches(edit, other)))) {
      taken.push(...group);
    }
  }
  taken.sort((a, b) => b.range[0] - a.range[0]);
  for (const { range, text: replacement } of taken) {
    text = text.slice(0, range[0]) + replacement + text.slice(range[1]);
  }
  return text;
}

function touches(a: OffsetEdit, b: OffsetEdit): boolean {
  return a.range[0] <= b.range[1] && b.range[0] <= a.range[1];
}

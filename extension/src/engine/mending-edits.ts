import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "vscode-languageserver-types";
import type { MendTask, OffsetEdit, RuleMessage } from "../shared/check.js";
import { minimalEdits } from "./minimal-edits.js";
import { textEditsOf } from "./text-edits.js";

// As often as ESLint does: a pass leaves what overlaps to the next.
const passes = 10;

/**
 * The edits that mend all problems of a kind, as far as rewrites for them go.
 *
 * @param lint what a linter says of a text.
 */
export async function mendingEdits(
  { uri, languageId, text: before, ruleId }: MendTask,
  lint: (
    text: string,
  ) => readonly RuleMessage[] | Promise<readonly RuleMessage[]>,
): Promise<TextEdit[]> {
  let text = before;
  for (let pass = 0; pass < passes; pass += 1) {
    const edits = (await lint(text)).flatMap((message) => {
      const edit = chosenEdit(message, ruleId);
      return edit ? [minimalEdits(text, edit)] : [];
    });
    if (edits.length === 0) {
      break;
    }
    text = applyApart(text, edits);
  }
  const document = TextDocument.create(uri, languageId, 0, before);
  return textEditsOf(document, { range: [0, before.length], text });
}

function chosenEdit(
  message: RuleMessage,
  ruleId: string | undefined,
): OffsetEdit | undefined {
  const { fix, isEquivalent, suggestions } = message;
  if (ruleId === undefined) {
    return isEquivalent ? fix : undefined;
  }
  // The form that a configuration chooses comes before the one that a rule would.
  return message.ruleId === ruleId ? (fix ?? suggestions?.[0]?.fix) : undefined;
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

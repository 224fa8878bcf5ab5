import type { TextEdit } from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { OffsetEdit } from "../shared/check.js";
import { minimalEdits } from "./minimal-edits.js";
import { rangeOfOffsets } from "./text-range.js";

/** An edit by ESLint as the smallest edits by an editor. */
export function textEditsOf(
  document: TextDocument,
  edit: OffsetEdit,
): TextEdit[] {
  return minimalEdits(document.getText(), edit).map(({ range, text }) => ({
    range: rangeOfOffsets(document, range),
    newText: text,
  }));
}

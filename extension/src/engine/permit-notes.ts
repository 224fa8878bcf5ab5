import type { PermitNote } from "../shared/check.js";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { ParsedText } from "./lint.js";

/** Who has to release each permit that a file acquires. */
export function permitNotesOf(
  _document: TextDocument,
  _parsed: ParsedText,
): PermitNote[] {
  return [];
}

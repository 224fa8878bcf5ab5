import type {
  Diagnostic,
  NotebookDocument,
  Range,
  TextDocumentEdit,
  TextEdit,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** What is checked as one text: a document, or all cells of a notebook. */
export interface CheckedText {
  /** Of the document, or of the notebook. */
  readonly uri: string;
  readonly languageId: string;
  /** Differs whenever the text does. */
  readonly version: string;
  readonly text: string;
  readonly parts: readonly TextPart[];
}

/** A document within a text. Each begins with a line of its own. */
export interface TextPart {
  readonly uri: string;
  readonly version: number;
  readonly firstLine: number;
  readonly lineCount: number;
}

/** A document as a text of its own. */
export function textOfDocument(document: TextDocument): CheckedText {
  const { uri, languageId, version, lineCount } = document;
  return {
    uri,
    languageId,
    version: String(version),
    text: document.getText(),
    parts: [{ uri, version, firstLine: 0, lineCount }],
  };
}

/**
 * The cells of a notebook as one text, in their order: what one cell declares, another uses.
 * Cells in other languages are left out.
 */
export function textOfNotebook(
  notebook: NotebookDocument,
  cells: readonly TextDocument[],
): CheckedText {
  const parts: TextPart[] = [];
  let text = "";
  let firstLine = 0;
  for (const cell of cells) {
    const { uri, version, lineCount } = cell;
    parts.push({ uri, version, firstLine, lineCount });
    text += `${cell.getText()}\n`;
    firstLine += lineCount;
  }
  const typescript = cells.find(({ languageId }) =>
    languageId.startsWith("typescript"),
  );
  return {
    uri: notebook.uri,
    languageId: (typescript ?? cells[0])?.languageId ?? "javascript",
    version: parts.map(({ uri, version }) => `${uri}@${version}`).join(" "),
    text,
    parts,
  };
}

/** Where a range of the text lies in the part that it begins in. */
export function placeOf(
  { parts }: CheckedText,
  { start, end }: Range,
): { readonly part: TextPart; readonly range: Range } | undefined {
  const part = parts.findLast(({ firstLine }) => firstLine <= start.line);
  if (part === undefined) {
    return undefined;
  }
  const { firstLine, lineCount } = part;
  if (end.line >= firstLine + lineCount) {
    return undefined;
  }
  return {
    part,
    range: {
      start: { ...start, line: start.line - firstLine },
      end: { ...end, line: end.line - firstLine },
    },
  };
}

/** Where a range of a part lies in the text. */
export function rangeInText(
  { parts }: CheckedText,
  uri: string,
  { start, end }: Range,
): Range | undefined {
  const part = parts.find((each) => each.uri === uri);
  return (
    part && {
      start: { ...start, line: start.line + part.firstLine },
      end: { ...end, line: end.line + part.firstLine },
    }
  );
}

/** The diagnostics of a text that lie in one of its parts, in the part's own lines. */
export function diagnosticsIn(
  text: CheckedText,
  uri: string,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const place = placeOf(text, diagnostic.range);
    return place?.part.uri === uri
      ? [{ ...withPath(text, diagnostic), range: place.range }]
      : [];
  });
}

function withPath(text: CheckedText, diagnostic: Diagnostic): Diagnostic {
  const { relatedInformation } = diagnostic;
  return relatedInformation === undefined
    ? diagnostic
    : {
        ...diagnostic,
        relatedInformation: relatedInformation.flatMap((step) => {
          const place = placeOf(text, step.location.range);
          return place
            ? [
                {
                  ...step,
                  location: { uri: place.part.uri, range: place.range },
                },
              ]
            : [];
        }),
      };
}

/**
 * Edits of the text as edits of its parts, each for the version that was checked. Undefined where
 * one of them would reach from part to part.
 */
export function editsByPart(
  text: CheckedText,
  edits: readonly TextEdit[],
): TextDocumentEdit[] | undefined {
  const byPart = new Map<TextPart, TextEdit[]>();
  for (const edit of edits) {
    const place = placeOf(text, edit.range);
    if (place === undefined) {
      return undefined;
    }
    const { part, range } = place;
    let partEdits = byPart.get(part);
    if (!partEdits) byPart.set(part, (partEdits = []));
    partEdits.push({ range, newText: edit.newText });
  }
  return Array.from(byPart, ([{ uri, version }, partEdits]) => ({
    textDocument: { uri, version },
    edits: partEdits,
  }));
}

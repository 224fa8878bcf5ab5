import type { AST, SourceCode } from "eslint";
import type { TextEdit } from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";

const nextLine = /^\s*eslint-disable-next-line\s/;

/**
 * The edits that switch a rule off for one line, from 0; undefined where no comment can stand above
 * it, as inside of a template or between JSX tags.
 *
 * A comment that switches off others for the same line is added to.
 */
export function disableLineEdits(
  document: TextDocument,
  sourceCode: SourceCode,
  line: number,
  ruleId: string,
): TextEdit[] | undefined {
  const start = document.offsetAt({ line, character: 0 });
  if (isInsideText(sourceCode, start)) {
    return undefined;
  }
  const above = sourceCode
    .getAllComments()
    .find(({ loc, value }) => loc?.end.line === line && nextLine.test(value));
  if (above?.range) {
    const [first] = above.value.split(/\s--\s/);
    const character =
      above.range[0] + "//".length + (first ?? "").trimEnd().length;
    const position = document.positionAt(character);
    return [
      { range: { start: position, end: position }, newText: `, ${ruleId}` },
    ];
  }
  const text = document.getText();
  const indent = /[^\S\r\n]*/y;
  indent.lastIndex = start;
  const [indentation = ""] = indent.exec(text) ?? [];
  const position = { line, character: 0 };
  return [
    {
      range: { start: position, end: position },
      newText: `${indentation}// eslint-disable-next-line ${ruleId}${lineEnd(text)}`,
    },
  ];
}

/** The edits that switch a rule off for the whole file. */
export function disableFileEdits(
  document: TextDocument,
  ruleId: string,
): TextEdit[] {
  const text = document.getText();
  const position = { line: text.startsWith("#!") ? 1 : 0, character: 0 };
  return [
    {
      range: { start: position, end: position },
      newText: `/* eslint-disable ${ruleId} */${lineEnd(text)}`,
    },
  ];
}

function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** Whether what begins a line there would be taken for text, and not for a comment. */
function isInsideText(sourceCode: SourceCode, offset: number): boolean {
  const token = sourceCode.ast.tokens.find(
    ({ range }) => range[0] < offset && offset < range[1],
  );
  if (token) {
    return true;
  }
  const node = sourceCode.getNodeByRangeIndex(offset) as AST.Program | null;
  for (
    let at: { type: string; parent?: unknown } | null | undefined = node;
    at;
    at = at.parent as typeof at
  ) {
    if (/^JSX(?:Text|Element|Fragment)$/.test(at.type)) {
      return true;
    }
    if (/Function|Class|^BlockStatement$/.test(at.type)) {
      return false;
    }
  }
  return false;
}

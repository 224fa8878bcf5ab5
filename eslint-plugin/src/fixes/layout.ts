import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { childrenOf } from "../analysis/tree.js";
import { type Edit, insertAt } from "./edit.js";

/** How the lines around a statement are written. */
export interface Layout {
  readonly indent: string;
  /** One more level of indentation. */
  readonly unit: string;
  readonly eol: string;
  readonly semi: string;
}

/** The layout that new lines beside `statement` follow. */
export function layoutAt(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): Layout {
  const own = indentOfLine(statement.range[0], sourceCode.text);
  const outer = statement.parent
    ? indentOfLine(statement.parent.range[1] - 1, sourceCode.text)
    : "";
  const isDeeper = own.startsWith(outer) && own.length > outer.length;
  const unit = isDeeper ? own.slice(outer.length) : unitOf(sourceCode.text);
  return {
    // A block that is written on one line has no indented line to go by.
    indent: isDeeper ? own : outer + unit,
    unit,
    eol: sourceCode.text.includes("\r\n") ? "\r\n" : "\n",
    semi: sourceCode.getText(statement).endsWith(";") ? ";" : "",
  };
}

/** The first indentation in a file, which is mostly of one level. */
function unitOf(text: string): string {
  return /^(\t| {2,})(?=[^\s*])/m.exec(text)?.[1] ?? "  ";
}

export function indentOfLine(offset: number, text: string): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

/**
 * Indents the lines that begin in a range by one more level; the lines of a
 * template literal stay, since their white space is part of the value.
 */
export function indentLines(
  range: TSESTree.Range,
  unit: string,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  return lineStarts(range, sourceCode).map((line) => insertAt(line, unit));
}

/** Takes up to `width` white space off each line that begins in a range. */
export function dedentLines(
  range: TSESTree.Range,
  width: number,
  sourceCode: TSESLint.SourceCode,
): Edit[] {
  return lineStarts(range, sourceCode).map((line) => {
    const indent = indentOfLine(line, sourceCode.text).length;
    return { range: [line, line + Math.min(indent, width)], text: "" };
  });
}

/** Where the lines begin that are code and not blank. */
function lineStarts(
  [start, end]: TSESTree.Range,
  sourceCode: TSESLint.SourceCode,
): number[] {
  const literals = literalRanges([start, end], sourceCode);
  const { text } = sourceCode;
  const starts: number[] = [];
  for (
    let newline = text.indexOf("\n", start);
    newline !== -1 && newline < end - 1;
    newline = text.indexOf("\n", newline + 1)
  ) {
    const isBlank = /^[ \t]*\r?\n/.test(text.slice(newline + 1));
    const isLiteral = literals.some(
      ([from, to]) => from <= newline && newline < to,
    );
    if (!isBlank && !isLiteral) starts.push(newline + 1);
  }
  return starts;
}

/** Where white space counts: the texts of templates and of JSX. */
function literalRanges(
  [start, end]: TSESTree.Range,
  { ast, visitorKeys }: TSESLint.SourceCode,
): TSESTree.Range[] {
  const ranges: TSESTree.Range[] = [];
  visit(ast);
  return ranges;

  function visit(node: TSESTree.Node): void {
    if (node.type === "TemplateElement" || node.type === "JSXText") {
      if (node.range[0] >= start && node.range[1] <= end)
        ranges.push(node.range);
      return;
    }
    for (const child of childrenOf(node, visitorKeys)) {
      if (child.range[1] > start && child.range[0] < end) visit(child);
    }
  }
}

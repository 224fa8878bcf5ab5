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
    semi: semicolonAt(statement, sourceCode),
  };
}

/** How a statement ends, or where it ends with a block, those beside it. */
function semicolonAt(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): "" | ";" {
  const beside =
    statement.parent?.type === "BlockStatement" ? statement.parent.body : [];
  const simple = [statement, ...beside].find(
    (each) =>
      each.type === "ExpressionStatement" ||
      each.type === "VariableDeclaration" ||
      each.type === "ReturnStatement",
  );
  return simple && !sourceCode.getText(simple).endsWith(";") ? "" : ";";
}

/** The first indentation in a file, which is mostly of one level. */
function unitOf(text: string): string {
  return /^(\t| {2,})(?=[^\s*])/m.exec(text)?.[1] ?? "  ";
}

export function indentOfLine(offset: number, text: string): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

/** Where a statement begins, or the comments on lines of their own above it. */
export function startWithComments(
  statement: TSESTree.Statement,
  sourceCode: TSESLint.SourceCode,
): number {
  const before = sourceCode.getTokenBefore(statement);
  const comments = sourceCode
    .getCommentsBefore(statement)
    .filter(({ loc }) => !before || loc.start.line > before.loc.end.line);
  return (comments[0] ?? statement).range[0];
}

/** The end of a line on which nothing but a comment follows `offset`. */
export function lineEndAfter(offset: number, text: string): number {
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(offset));
  return offset + (comment?.[0].length ?? 0);
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

/**
 * The text of a range, as it stands where lines are indented by `indent`.
 * Undefined where it has lines whose white space is part of a value.
 */
export function shifted(
  range: TSESTree.Range,
  indent: string,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const text = sourceCode.text.slice(...range);
  const old = indentOfLine(range[0], sourceCode.text);
  if (old === indent || !text.includes("\n")) return text;
  if (literalRanges(range, sourceCode).length > 0) return undefined;
  return text.replaceAll(/\n([ \t]+)/g, (line, white: string) =>
    white.startsWith(old) ? `\n${indent}${white.slice(old.length)}` : line,
  );
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

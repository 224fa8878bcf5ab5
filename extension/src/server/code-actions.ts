import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionParams,
  type Command,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { ActionData, EslintTwin } from "../shared/code-action-data.js";
import type { Finding, Rewrite } from "../shared/check.js";
import { commands } from "../shared/requests.js";
import { translate } from "../shared/translate.js";
import type { CheckedDocument } from "./checked-documents.js";
import { editsByPart, placeOf, rangeInText } from "./checked-text.js";

/** The kind of the source action that mends what can be mended without changing what happens. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.semaphore-guard`;

/**
 * The actions for the findings that a requested range touches: of each finding the rewrites, the
 * preferred one first; then what mends all of its kind, switches the rule off, and explains it.
 *
 * Each edit names the version it was computed for, so that a client never applies it to another.
 */
export function codeActions(
  params: CodeActionParams,
  checked: CheckedDocument,
): CodeAction[] {
  const { textDocument, range, context } = params;
  const wanted = rangeInText(checked.text, textDocument.uri, range);
  if (wanted === undefined) {
    return [];
  }
  const actions: CodeAction[] = [];
  if (includes(context.only, CodeActionKind.QuickFix)) {
    const touched = checked.findings.filter(({ diagnostic }) =>
      touches(diagnostic.range, wanted),
    );
    const rest: CodeAction[] = [];
    for (const finding of touched) {
      const diagnostics = [shownDiagnostic(params, checked, finding)];
      actions.push(...rewriteActions(checked, finding, diagnostics));
      rest.push(...otherActions(checked, finding, diagnostics));
    }
    actions.push(...uniqueByTitle(rest));
  }
  if (isFixAllWanted(params)) {
    if (checked.findings.some((finding) => finding.isMendedUnasked)) {
      actions.push({
        title: translate(
          "Apply all fixes that don’t change what the code does",
        ),
        kind: fixAllKind,
        data: dataOf(checked),
      });
    }
  }
  return actions;
}

function rewriteActions(
  checked: CheckedDocument,
  { rewrites }: Finding,
  diagnostics: Diagnostic[],
): CodeAction[] {
  return rewrites.flatMap((rewrite, index) => {
    const edit = workspaceEdit(checked, rewrite.edits);
    return edit
      ? [
          {
            title: rewrite.title,
            kind: CodeActionKind.QuickFix,
            diagnostics,
            isPreferred: index === 0,
            edit,
            ...afterwards(checked, rewrite),
            data: { alsoByEslint: true } satisfies EslintTwin,
          },
        ]
      : [];
  });
}

function afterwards(
  { text }: CheckedDocument,
  { needsRuntime }: Rewrite,
): { command?: Command } {
  return needsRuntime
    ? {
        command: {
          title: translate("Add semaphore-guard to package.json"),
          command: commands.offerDependency,
          arguments: [text.uri],
        },
      }
    : {};
}

function otherActions(
  checked: CheckedDocument,
  { diagnostic, rewrites, disableLine, disableFile }: Finding,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const ruleId = diagnostic.code;
  if (typeof ruleId !== "string") {
    return [];
  }
  const kind = CodeActionKind.QuickFix;
  const actions: CodeAction[] = [];
  const sameRule = checked.findings.filter(
    (other) => other.diagnostic.code === ruleId && other.rewrites.length > 0,
  );
  if (
    rewrites.length > 0 &&
    sameRule.length > 1 &&
    checked.text.parts.length === 1
  ) {
    actions.push({
      title: translate("Fix all {0} problems in the file", ruleId),
      kind,
      diagnostics: diagnosticsOfAll(checked, sameRule),
      data: dataOf(checked, ruleId),
    });
  }
  for (const [title, edits] of [
    ["Disable {0} for this line", disableLine],
    ["Disable {0} for the entire file", disableFile],
  ] as const) {
    const edit = edits && workspaceEdit(checked, edits);
    if (edit) {
      actions.push({
        title: translate(title, ruleId),
        kind,
        diagnostics,
        edit,
        data: { alsoByEslint: true } satisfies EslintTwin,
      });
    }
  }
  if (diagnostic.codeDescription) {
    const title = translate("Show documentation for {0}", ruleId);
    actions.push({
      title,
      kind,
      diagnostics,
      command: {
        title,
        command: commands.openDocumentation,
        arguments: [diagnostic.codeDescription.href],
      },
      data: { alsoByEslint: true } satisfies EslintTwin,
    });
  }
  const path = pathCommand(checked, diagnostic);
  if (path) {
    actions.push({
      title: path.title,
      kind,
      diagnostics,
      command: path,
    });
  }
  return actions;
}

function pathCommand(
  { text }: CheckedDocument,
  { range, relatedInformation = [] }: Diagnostic,
): Command | undefined {
  const start = placeOf(text, range);
  const steps = relatedInformation.flatMap(({ location }) => {
    const place = placeOf(text, location.range);
    return place ? [{ uri: place.part.uri, range: place.range }] : [];
  });
  if (start === undefined || steps.length < 2) {
    return undefined;
  }
  return {
    title: translate("Show the leaking path"),
    command: commands.showPath,
    arguments: [start.part.uri, start.range.start, steps],
  };
}

/** The action as it is carried out, once somebody has chosen it. */
export function completedAction(
  action: CodeAction,
  checked: CheckedDocument,
  edits: readonly TextEdit[],
  needsRuntime: boolean,
): CodeAction {
  const edit = workspaceEdit(checked, edits);
  return {
    ...action,
    ...(edit && { edit }),
    ...afterwards(checked, { title: "", edits, needsRuntime }),
  };
}

function workspaceEdit(
  { text }: CheckedDocument,
  edits: readonly TextEdit[],
): CodeAction["edit"] | undefined {
  const documentChanges = editsByPart(text, edits);
  return documentChanges && { documentChanges };
}

function dataOf({ text }: CheckedDocument, ruleId?: string): ActionData {
  return {
    uri: text.uri,
    version: text.version,
    ...(ruleId !== undefined && { ruleId }),
  };
}

function includes(only: readonly string[] | undefined, kind: string): boolean {
  return (
    only === undefined ||
    only.some(
      (each) => each === "" || kind === each || kind.startsWith(`${each}.`),
    )
  );
}

// On every move of the cursor the whole menu is asked for: a source action is no part of it.
function isFixAllWanted({ context }: CodeActionParams): boolean {
  return context.only === undefined
    ? context.triggerKind !== CodeActionTriggerKind.Automatic
    : includes(context.only, fixAllKind);
}

function uniqueByTitle(actions: readonly CodeAction[]): CodeAction[] {
  const seen = new Set<string>();
  return actions.filter(({ title, command }) => {
    // Each finding has a path of its own.
    if (command?.command === commands.showPath) return true;
    const isNew = !seen.has(title);
    seen.add(title);
    return isNew;
  });
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function diagnosticsOfAll(
  { text }: CheckedDocument,
  findings: readonly Finding[],
): Diagnostic[] {
  return findings.flatMap(({ diagnostic }) => {
    const place = placeOf(text, diagnostic.range);
    return place ? [{ ...diagnostic, range: place.range }] : [];
  });
}

/** A finding's diagnostic as the client knows it, by which it ties the action to the squiggle. */
function shownDiagnostic(
  { context }: CodeActionParams,
  { text }: CheckedDocument,
  { diagnostic }: Finding,
): Diagnostic {
  const range = placeOf(text, diagnostic.range)?.range ?? diagnostic.range;
  return (
    context.diagnostics.find(
      (known) =>
        known.code === diagnostic.code &&
        known.message === diagnostic.message &&
        !isBefore(known.range.start, range.start) &&
        !isBefore(range.start, known.range.start),
    ) ?? { ...diagnostic, range }
  );
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ManualRelease } from "../analysis/facts.js";
import { acquireStatement } from "./acquire-statement.js";
import type { Edit } from "./edit.js";
import { headRange } from "./guard.js";
import type { ReleaseRewrite } from "./release-rewrites.js";
import { runInScopedForm } from "./run-in-scoped-form.js";
import { unwrapTry } from "./unwrap-try.js";
import type { UsingSupport } from "./using-support.js";

type ShorterForm = "scoped" | "using";

/**
 * The shorter forms of an acquire, `try`, `finally` and release, the one to
 * prefer first: `using`, under the same conditions as for a leak, and the scoped
 * form.
 */
export function shorterForms(
  manual: ManualRelease,
  support: UsingSupport,
  sourceCode: TSESLint.SourceCode,
): ReleaseRewrite<ShorterForm>[] {
  const using = support === "no" ? undefined : unwrapTry(manual, sourceCode);
  const isFirst = using?.isRead && support === "yes";
  const offers: [ShorterForm, Edit[] | undefined][] = [
    ["using", isFirst ? using.edits : undefined],
    ["scoped", scopedForm(manual, sourceCode)],
    ["using", isFirst ? undefined : using?.edits],
  ];
  return offers.flatMap(([form, edits]) => (edits ? [{ form, edits }] : []));
}

function scopedForm(
  { acquire, facts, statement, release }: ManualRelease,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { finalizer } = statement;
  if (
    !headRange(statement, sourceCode) ||
    (finalizer && sourceCode.getCommentsInside(finalizer).length > 0) ||
    acquireStatement(facts) !== acquire
  ) {
    return undefined;
  }
  const { body } = acquire.parent as TSESTree.BlockStatement;
  const region = {
    start: acquire,
    acquire,
    statements: [statement],
    release: undefined,
    earlyReleases: [],
    guard: { statement, release, growth: "begin" } as const,
    tail: body.slice(body.indexOf(statement) + 1),
  };
  return runInScopedForm(facts, region, sourceCode);
}

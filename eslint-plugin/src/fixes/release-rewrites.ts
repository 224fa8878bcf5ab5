import type { TSESLint } from "@typescript-eslint/utils";
import type { Leak } from "../analysis/facts.js";
import type { Edit } from "./edit.js";
import { guardedRegionOf } from "./guarded-region.js";
import { holdWithUsing } from "./hold-with-using.js";
import { releaseInFinally } from "./release-in-finally.js";
import { runInScopedForm } from "./run-in-scoped-form.js";

/** A way to release a permit on every path. */
export interface ReleaseRewrite {
  readonly form: "finally" | "scoped" | "using";
  readonly edits: Edit[];
}

/**
 * The rewrites that mend a leak, the one to prefer first: `using`, unless its
 * variable would be read nowhere, which other rules object to; the scoped form;
 * `finally`.
 */
export function releaseRewrites(
  leak: Leak,
  { usesUsing }: { readonly usesUsing: boolean },
  sourceCode: TSESLint.SourceCode,
): ReleaseRewrite[] {
  // A permit that is handed on has to live on, and a helper would release twice.
  const { escapes, releasesInHelper } = leak.events;
  if (escapes || releasesInHelper) return [];
  const region = guardedRegionOf(leak, sourceCode);
  const using = usesUsing ? holdWithUsing(leak, region, sourceCode) : undefined;
  const offers: [ReleaseRewrite["form"], Edit[] | undefined][] = [
    ["using", using?.isRead ? using.edits : undefined],
    ["scoped", region && runInScopedForm(leak, region, sourceCode)],
    ["using", using?.isRead ? undefined : using?.edits],
    ["finally", region && releaseInFinally(leak, region, sourceCode)],
  ];
  return offers.flatMap(([form, edits]) => (edits ? [{ form, edits }] : []));
}

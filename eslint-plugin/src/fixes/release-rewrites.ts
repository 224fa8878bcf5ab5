import type { TSESLint } from "@typescript-eslint/utils";
import type { Leak } from "../analysis/facts.js";
import type { Edit } from "./edit.js";
import { guardedRegionOf } from "./guarded-region.js";
import { holdWithUsing } from "./hold-with-using.js";
import { releaseInFinally } from "./release-in-finally.js";
import { runInScopedForm } from "./run-in-scoped-form.js";
import type { UsingSupport } from "./using-support.js";

/** A way to release a permit on every path. */
export interface ReleaseRewrite<Form = "finally" | "scoped" | "using"> {
  readonly form: Form;
  readonly edits: Edit[];
}

/**
 * The rewrites that mend a leak, the one to prefer first: `using`, unless it is
 * not known whether the toolchain takes it, or its variable would be read
 * nowhere, which other rules object to; the scoped form; `finally`.
 */
export function releaseRewrites(
  leak: Leak,
  support: UsingSupport,
  sourceCode: TSESLint.SourceCode,
): ReleaseRewrite[] {
  // A permit that is handed on has to live on, and a helper would release twice.
  const { escapes, releasesInHelper } = leak.events;
  if (escapes || releasesInHelper) return [];
  const region = guardedRegionOf(leak, sourceCode);
  const using =
    support === "no" ? undefined : holdWithUsing(leak, region, sourceCode);
  const isFirst = using?.isRead && support === "yes";
  const offers: [ReleaseRewrite["form"], Edit[] | undefined][] = [
    ["using", isFirst ? using.edits : undefined],
    ["scoped", region && runInScopedForm(leak, region, sourceCode)],
    ["using", isFirst ? undefined : using?.edits],
    ["finally", region && releaseInFinally(leak, region, sourceCode)],
  ];
  return offers.flatMap(([form, edits]) => (edits ? [{ form, edits }] : []));
}

import type { File, Leak } from "../analysis/facts.js";
import type { Edit } from "./edit.js";
import { conditionalRegionOf, plainRegionOf } from "./guarded-region.js";
import { holdWithUsing } from "./hold-with-using.js";
import { releaseAfterCleanup } from "./release-after-cleanup.js";
import { releaseBeforeReturn } from "./release-before-return.js";
import { releaseInFinally } from "./release-in-finally.js";
import { releaseOnFailure } from "./release-on-failure.js";
import { runInScopedForm } from "./run-in-scoped-form.js";
import type { UsingSupport } from "./using-support.js";

/**
 * In what a permit is released; in `catch` where it is handed on, before each
 * `return` where nothing else leaks.
 */
export type ReleaseForm = "catch" | "finally" | "return" | "scoped" | "using";

/** A way to release a permit on every path. */
export interface ReleaseRewrite<Form = ReleaseForm> {
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
  file: File,
): ReleaseRewrite[] {
  // A helper would release twice; a permit that is handed on has to live on.
  const { escapes, releasesInHelper } = leak.events;
  if (releasesInHelper) return [];
  if (escapes) return listed([["catch", releaseOnFailure(leak, file)]]);
  const { sourceCode } = file;
  const plain = plainRegionOf(leak, file);
  const region = conditionalRegionOf(leak, file) ?? plain;
  const using =
    support === "no" ? undefined : holdWithUsing(leak, plain, sourceCode);
  const isFirst = using?.isRead && support === "yes";
  return listed([
    ["using", isFirst ? using.edits : undefined],
    ["scoped", plain && runInScopedForm(leak, plain, sourceCode)],
    ["using", isFirst ? undefined : using?.edits],
    [
      "finally",
      region
        ? releaseInFinally(leak, region, sourceCode)
        : releaseAfterCleanup(leak, sourceCode),
    ],
    ["return", region ? undefined : releaseBeforeReturn(leak, sourceCode)],
  ]);
}

function listed(
  offers: readonly [ReleaseForm, Edit[] | undefined][],
): ReleaseRewrite[] {
  return offers.flatMap(([form, edits]) => (edits ? [{ form, edits }] : []));
}

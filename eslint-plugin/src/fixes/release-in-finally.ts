import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import { contains, descendantsOf } from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";
import { type Edit, over } from "./edit.js";
import type { GuardedRegion } from "./guarded-region.js";
import { hoistDeclarations } from "./hoist-declarations.js";
import { type Layout, layoutAt, shifted, startWithComments } from "./layout.js";
import { mayBePromised, type ReturnedRelease } from "./release-statement.js";
import { releaseText } from "./release-text.js";
import { extendGuard, movedRelease, wrapRegion } from "./wrap-region.js";

/** `await sem.acquire(); try { … } finally { sem.release(); }` */
export function releaseInFinally(
  leak: Leak,
  region: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const layout = layoutAt(region.start, sourceCode);
  const hoisted = hoistDeclarations(region, layout, sourceCode);
  if (!hoisted) return undefined;
  const opening = [...hoisted.declarations, "try {"];
  const { guard } = region;
  if (guard && guard.growth !== "split") {
    if (readsLocal(guard.statement.finalizer, region, sourceCode)) {
      return undefined;
    }
    return over(
      hoisted.edits,
      extendGuard(region, guard, opening, layout, sourceCode),
    );
  }
  const release = writtenOrUsualRelease(leak, region, layout, sourceCode);
  if (release === undefined) return undefined;
  return over(
    hoisted.edits,
    wrapRegion(
      region,
      {
        opening,
        closing: ["} finally {", layout.unit + release, "}"],
        takesComments: true,
      },
      layout,
      sourceCode,
    ),
  );
}

/** The release as it is written already, or as the protocol says. */
function writtenOrUsualRelease(
  leak: Leak,
  region: GuardedRegion,
  { indent, unit, semi }: Layout,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const { release, guard, earlyReleases } = region;
  const written = release ?? guard?.release ?? earlyReleases[0];
  if (written && !readsLocal(written, region, sourceCode)) {
    if (written.type === "ReturnStatement") {
      const text = valueText(written, leak, indent + unit, sourceCode);
      return text && text + semi;
    }
    const start =
      written === movedRelease(region)
        ? startWithComments(written, sourceCode)
        : written.range[0];
    return shifted([start, written.range[1]], indent + unit, sourceCode);
  }
  if (written?.type === "IfStatement") return undefined;
  return releaseText(leak, semi, sourceCode);
}

/** What a statement returns, awaited as the function does that returns it. */
function valueText(
  { argument }: ReturnedRelease,
  { site, events, owner }: Leak,
  indent: string,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const release = events.releases.find(
    (call) => argument && contains(argument, call),
  );
  if (!argument || !release) return undefined;
  const awaits =
    argument.type !== "AwaitExpression" &&
    owner.async &&
    mayBePromised(release, site.form.permit);
  const text = shifted(argument.range, indent, sourceCode);
  return awaits ? `await ${text}` : text;
}

/** Whether a statement reads what only the region declares. */
function readsLocal(
  statement: TSESTree.Node | null,
  { statements }: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): boolean {
  if (!statement) return false;
  const variables = variablesOf(sourceCode);
  return [...descendantsOf(statement, sourceCode.visitorKeys)].some((node) => {
    const declared = variables.get(node)?.defs ?? [];
    return declared.some(({ name }) =>
      statements.some((each) => contains(each, name)),
    );
  });
}

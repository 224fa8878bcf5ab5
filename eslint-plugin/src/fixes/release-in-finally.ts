import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "../analysis/acquire-sites.js";
import type { Leak } from "../analysis/facts.js";
import type { Holder } from "../analysis/permit-events.js";
import { receiverReleasesOf } from "../analysis/receiver-release.js";
import { contains, descendantsOf } from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";
import { type Edit, over } from "./edit.js";
import type { GuardedRegion } from "./guarded-region.js";
import { hoistDeclarations } from "./hoist-declarations.js";
import { layoutAt } from "./layout.js";
import { wrapRegion } from "./wrap-region.js";

/** `await sem.acquire(); try { … } finally { sem.release(); }` */
export function releaseInFinally(
  leak: Leak,
  region: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const layout = layoutAt(region.acquire, sourceCode);
  const hoisted = hoistDeclarations(region, layout, sourceCode);
  const release = releaseText(leak, region, layout.semi, sourceCode);
  if (release === undefined || !hoisted) return undefined;
  return over(
    hoisted,
    wrapRegion(
      region,
      {
        opening: ["try {"],
        closing: ["} finally {", `${layout.unit}${release}`, "}"],
      },
      layout,
      sourceCode,
    ),
  );
}

/** The release as it is written already, or as the protocol says. */
function releaseText(
  { site, events }: Leak,
  region: GuardedRegion,
  semi: string,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const { release, guard, earlyReleases } = region;
  const written = release ?? guard?.release ?? earlyReleases[0];
  if (written && !readsLocal(written, region, sourceCode)) {
    return sourceCode.getText(written);
  }
  const { permit } = site.form;
  const call = events.holder
    ? holderRelease(events.holder, site, sourceCode)
    : receiverRelease(site, sourceCode);
  return call && `${permit.awaitRelease ? "await " : ""}${call}${semi}`;
}

/** Whether a statement reads what only the region declares. */
function readsLocal(
  statement: TSESTree.Statement,
  { statements }: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const variables = variablesOf(sourceCode);
  return [...descendantsOf(statement, sourceCode.visitorKeys)].some((node) => {
    const declared = variables.get(node)?.defs ?? [];
    return declared.some(({ name }) =>
      statements.some((each) => contains(each, name)),
    );
  });
}

function holderRelease(
  { variable: { name }, handle }: Holder,
  { receiver }: AcquireSite,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  if (handle.kind === "releaser") return `${name}()`;
  const [release] = handle.release;
  if (release === undefined) return undefined;
  if (handle.kind === "resource") {
    return receiver && `${sourceCode.getText(receiver)}.${release}(${name})`;
  }
  return /^\d+$/.test(release)
    ? `${name}[${release}]()`
    : `${name}.${release}()`;
}

function receiverRelease(
  { call, form, receiver }: AcquireSite,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const [method] = receiverReleasesOf(form.permit);
  // What was acquired with arguments, a weight perhaps, may need them again.
  return method === undefined || !receiver || call.arguments.length > 0
    ? undefined
    : `${sourceCode.getText(receiver)}.${method}()`;
}

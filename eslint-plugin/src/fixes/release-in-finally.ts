import type { TSESLint } from "@typescript-eslint/utils";
import type { AcquireSite } from "../analysis/acquire-sites.js";
import type { Leak } from "../analysis/facts.js";
import type { Holder } from "../analysis/permit-events.js";
import { variablesOf } from "../analysis/variables.js";
import type { Edit } from "./edit.js";
import { type GuardedRegion, outlivesRegion } from "./guarded-region.js";
import { layoutAt } from "./layout.js";
import { wrapRegion } from "./wrap-region.js";

/** `await sem.acquire(); try { … } finally { sem.release(); }` */
export function releaseInFinally(
  leak: Leak,
  region: GuardedRegion,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (outlivesRegion(region, variablesOf(sourceCode))) return undefined;
  const layout = layoutAt(region.acquire, sourceCode);
  const release = releaseText(leak, region, layout.semi, sourceCode);
  return release === undefined
    ? undefined
    : wrapRegion(
        region,
        {
          opening: ["try {"],
          closing: ["} finally {", `${layout.unit}${release}`, "}"],
        },
        layout,
        sourceCode,
      );
}

/** The release as it is written already, or as the protocol says. */
function releaseText(
  { site, events }: Leak,
  { release, earlyReleases }: GuardedRegion,
  semi: string,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const written = release ?? earlyReleases[0];
  if (written) return sourceCode.getText(written);
  const call = events.holder
    ? holderRelease(events.holder)
    : receiverRelease(site, sourceCode);
  return call && call + semi;
}

function holderRelease({ variable: { name }, handle }: Holder): string {
  if (handle.kind === "releaser") return `${name}()`;
  return /^\d+$/.test(handle.release)
    ? `${name}[${handle.release}]()`
    : `${name}.${handle.release}()`;
}

function receiverRelease(
  site: AcquireSite,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const { permit } = site.method;
  const method =
    permit.kind === "receiver"
      ? permit.release
      : permit.kind === "object"
        ? undefined
        : permit.receiverRelease;
  // What was acquired with arguments, a weight perhaps, may need them again.
  return method === undefined || site.call.arguments.length > 0
    ? undefined
    : `${sourceCode.getText(site.receiver)}.${method}()`;
}

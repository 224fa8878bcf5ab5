import type { TSESLint } from "@typescript-eslint/utils";
import type { AcquireSite } from "../analysis/acquire-sites.js";
import type { Leak } from "../analysis/facts.js";
import type { Holder } from "../analysis/permit-events.js";
import { receiverReleasesOf } from "../analysis/receiver-release.js";

/**
 * The statement that releases a permit, as its protocol says. Undefined where it
 * says too little, or where the function can't wait for the release as it must.
 */
export function releaseText(
  { site, owner, events: { holder } }: Leak,
  semi: string,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const { awaitRelease } = site.form.permit;
  if (awaitRelease && !owner.async) return undefined;
  const call = holder
    ? holderRelease(holder, site, sourceCode)
    : receiverRelease(site, sourceCode);
  return call && `${awaitRelease ? "await " : ""}${call}${semi}`;
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

import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { isReceiverRelease } from "./receiver-release.js";
import { descendantsOf, isFunction, memberName, wrapped } from "./tree.js";

/**
 * Whether a later link of the chain, as in `.then(work).finally(release)`, may
 * release what the function passed to `then` leaves held.
 */
export function mayReleaseDownstream(
  site: AcquireSite,
  { sourceCode, variables }: File,
): boolean {
  if (site.use !== "then" || !site.owner) return false;
  let link = wrapped(site.owner).parent;
  while (link?.type === "CallExpression") {
    const { parent: member } = wrapped(link);
    if (
      member?.type !== "MemberExpression" ||
      !/^(then|catch|finally)$/.test(memberName(member) ?? "")
    ) {
      return false;
    }
    link = wrapped(member).parent;
    if (link?.type !== "CallExpression") return false;
    if (link.arguments.some(mayRelease)) return true;
  }
  return false;

  function mayRelease(argument: TSESTree.Node): boolean {
    if (!isFunction(argument)) return true;
    return [...descendantsOf(argument.body, sourceCode.visitorKeys)].some(
      (node) => isReceiverRelease(node, site, variables),
    );
  }
}

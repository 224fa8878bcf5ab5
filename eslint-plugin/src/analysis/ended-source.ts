import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { isMethodOfReceiver } from "./receiver-release.js";
import { descendantsOf, type FunctionNode } from "./tree.js";

/**
 * Whether a `finally` of the function ends the receiver by a method that may
 * end what the receiver lent as well: `finally { await dataSource.destroy(); }`.
 */
export function isSourceEnded(
  site: AcquireSite,
  owner: FunctionNode,
  { sourceCode: { visitorKeys }, variables }: File,
): boolean {
  const methods = site.protocol.endsLent ?? [];
  if (methods.length === 0) return false;
  for (const node of descendantsOf(owner.body, visitorKeys)) {
    if (node.type !== "TryStatement" || !node.finalizer) continue;
    for (const each of descendantsOf(node.finalizer, visitorKeys)) {
      if (isMethodOfReceiver(each, methods, site, variables)) return true;
    }
  }
  return false;
}

import { accessPath } from "./access-path.js";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import type { PermitFacts } from "./permit-facts.js";
import type { Variables } from "./variables.js";

/** Whether two sites acquire from the same semaphore, as far as it is written. */
export function shareReceiver(
  a: AcquireSite,
  b: AcquireSite,
  variables: Variables,
): boolean {
  if (!a.receiver || !b.receiver) return false;
  const place = accessPath(a.receiver, variables);
  return place !== undefined && place === accessPath(b.receiver, variables);
}

/** Whether no other call in the same function acquires from the receiver. */
export function isSoleSite(
  { site, owner }: PermitFacts,
  facts: readonly PermitFacts[],
  { variables }: File,
): boolean {
  return facts.every(
    (other) =>
      other.site === site ||
      other.owner !== owner ||
      !shareReceiver(site, other.site, variables),
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import type { PermitShape } from "../protocols/protocol.js";
import { accessPath } from "./access-path.js";
import type { AcquireSite } from "./acquire-sites.js";
import { importedName } from "./imported-name.js";
import { memberName } from "./tree.js";
import type { Variables } from "./variables.js";

/** The methods of the receiver that give a permit back without naming it. */
export function receiverReleasesOf(shape: PermitShape): readonly string[] {
  switch (shape.kind) {
    case "receiver":
      return shape.release;
    case "releaser":
    case "tuple":
      return shape.receiverRelease === undefined ? [] : [shape.receiverRelease];
    default:
      return [];
  }
}

/** Whether `node` is a method of the site's own receiver by one of the names. */
export function isMethodOfReceiver(
  node: TSESTree.Node,
  names: readonly string[],
  { receiver }: AcquireSite,
  variables: Variables,
): boolean {
  if (!receiver || node.type !== "MemberExpression") return false;
  if (!names.includes(memberName(node) ?? "")) return false;
  const place = accessPath(receiver, variables);
  return place !== undefined && accessPath(node.object, variables) === place;
}

/**
 * Whether `node` is the function by which the site's receiver, or its module,
 * releases without the permit in hand: `sem.release`, `unlock`.
 */
export function isReceiverRelease(
  node: TSESTree.Node,
  site: AcquireSite,
  variables: Variables,
): boolean {
  const names = receiverReleasesOf(site.form.permit);
  if (names.length === 0) return false;
  if (!site.form.exported) {
    return isMethodOfReceiver(node, names, site, variables);
  }
  if (node.type !== "Identifier" && node.type !== "MemberExpression") {
    return false;
  }
  const origin = importedName(node, variables);
  return (
    origin !== undefined &&
    site.protocol.modules.includes(origin.module) &&
    names.includes(origin.name)
  );
}

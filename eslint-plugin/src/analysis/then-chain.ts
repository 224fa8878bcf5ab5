import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { isReceiverRelease } from "./receiver-release.js";
import {
  descendantsOf,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";

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

/**
 * Whether `call` is `promise.then(closure)` in a chain in which nothing else
 * is told of a rejection, whoever waits for the whole aside.
 */
export function isOnlyThen(
  call: TSESTree.CallExpression,
  closure: TSESTree.Node,
): boolean {
  if (call.arguments.length !== 1 || call.arguments[0] !== wrapped(closure)) {
    return false;
  }
  if (linkName(call) !== "then") return false;
  for (
    let link = unwrap(call.callee);
    link.type === "MemberExpression";
    link = unwrap(link)
  ) {
    const before = unwrap(link.object);
    if (before.type !== "CallExpression") break;
    if (handlesRejection(before)) return false;
    link = before.callee;
  }
  for (let link = nextLink(call); link; link = nextLink(link)) {
    if (handlesRejection(link)) return false;
  }
  return true;
}

function handlesRejection(link: TSESTree.CallExpression): boolean {
  const name = linkName(link);
  return (
    name === "catch" ||
    name === "finally" ||
    (name === "then" && link.arguments.length > 1)
  );
}

function linkName({ callee }: TSESTree.CallExpression): string | undefined {
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

/** The call of the method of a call's result, as in a chain. */
function nextLink(
  link: TSESTree.CallExpression,
): TSESTree.CallExpression | undefined {
  const { parent: member } = wrapped(link);
  if (member?.type !== "MemberExpression") return undefined;
  const { parent } = wrapped(member);
  return parent?.type === "CallExpression" ? parent : undefined;
}

import type { TSESTree } from "@typescript-eslint/types";
import { wordMatcher } from "../../protocols/called-words.js";
import { importedName } from "../imported-name.js";
import type { Handle } from "../permit-events.js";
import { isMethodOfReceiver } from "../receiver-release.js";
import { isHandler, lastLink } from "../then-chain.js";
import { calleeName, unwrap, wrapped } from "../tree.js";
import {
  escape,
  type EventSearch,
  noteClosures,
  release,
} from "./event-search.js";

/** Functions and methods that keep their argument, or pass it on for good. */
const storingFunctions =
  /^(push|unshift|add|set|append|enqueue|insert|defer|use|adopt|register|track|resolve|callback|cb|done|next)$/i;

/** Notes what becomes of the permit that a call takes as an argument. */
export function useArgument(
  search: EventSearch,
  value: TSESTree.Node,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  handle: Handle | undefined,
): void {
  if (!handle) return;
  search.uses.add(value);
  const callee = unwrap(call.callee);
  const name = calleeName(callee);
  if (handle.kind === "resource" && takesBack(search, callee, handle.release)) {
    release(search, call);
    return;
  }
  if (handle.kind === "releaser" && isHandler(value)) {
    search.at.set(value, "release");
    noteClosures(search, value);
    search.chains.add(lastLink(call));
    return;
  }
  const user = wrapped(call).parent;
  if (call.type === "NewExpression" && handle.kind !== "releaser") {
    search.wrapped.push(value);
    return;
  }
  const stores =
    // Work that is let go on its own takes along what it was given.
    (user?.type === "UnaryExpression" && user.operator === "void") ||
    (name !== undefined && storingFunctions.test(name)) ||
    mayRelease(search, call);
  // Who takes the release function takes over the duty to call it.
  if (handle.kind === "releaser" || stores) escape(search, value);
  else search.lent.push(value);
}

/** Whether a function of another module may give the permit back. */
function mayRelease(
  { shape, variables }: EventSearch,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): boolean {
  if (shape.kind !== "object" || !shape.mayBeReleasedBy) return false;
  const imported = importedName(call.callee, variables);
  if (!imported || call.arguments.length > 1) return false;
  const names = [imported.name, calleeName(unwrap(call.callee)) ?? ""];
  return names.some(wordMatcher(shape.mayBeReleasedBy));
}

function takesBack(
  search: EventSearch,
  callee: TSESTree.Node,
  names: readonly string[],
): boolean {
  return search.site.evidence === "use"
    ? names.includes(calleeName(callee) ?? "")
    : isMethodOfReceiver(callee, names, search.site, search.variables);
}

/** The call that takes, as an argument, the object literal with a property. */
export function callAround(
  property: TSESTree.Property,
): TSESTree.CallExpression | undefined {
  if (property.parent.type !== "ObjectExpression") return undefined;
  const literal = wrapped(property.parent);
  const { parent } = literal;
  return parent?.type === "CallExpression" && parent.callee !== literal
    ? parent
    : undefined;
}

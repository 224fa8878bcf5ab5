import type { TSESTree } from "@typescript-eslint/types";
import type { Handle } from "../permit-events.js";
import { memberName, wrapped } from "../tree.js";
import {
  escape,
  noteClosures,
  closureAround,
  type EventSearch,
} from "./event-search.js";
import { bind } from "./holders.js";
import { noteEnd } from "./end-flags.js";

/** Notes what a member of the permit that is read does to it. */
export function useMember(
  search: EventSearch,
  member: TSESTree.MemberExpression,
  handle: Handle,
): void {
  if (handle.kind !== "permit") return;
  const disposes =
    member.computed &&
    /^Symbol\.(asyncD|d)ispose$/.test(
      search.sourceCode.getText(member.property),
    );
  if (disposes || handle.release.includes(memberName(member) ?? "")) {
    bind(search, member, { kind: "releaser" });
    return;
  }
  if (search.shape.kind === "object" && search.shape.takenByUse) {
    const { except } = search.shape.takenByUse;
    if (!except.includes(memberName(member) ?? "")) search.uses.add(member);
  }
  const called = wrapped(member).parent;
  if (called?.type === "CallExpression")
    noteCall(search, called, memberName(member));
}

/** Notes what the row says of a method of the permit that is called. */
function noteCall(
  search: EventSearch,
  call: TSESTree.CallExpression,
  method: string | undefined,
): void {
  if (search.shape.kind !== "object" || method === undefined) return;
  if (search.shape.passesOn?.includes(method)) escape(search, call);
  if (search.shape.ends?.includes(method)) {
    search.at.set(call, "release");
    noteClosures(search, call);
  }
  if (search.shape.voidIfRejected?.includes(method))
    search.emptyHanded.add(call);
  if (search.shape.endedBy?.method !== method) return;
  const { parent } = wrapped(call);
  if (parent?.type === "AwaitExpression" && !closureAround(search, call)) {
    noteEnd(search, wrapped(parent), search.shape.endedBy);
  }
}

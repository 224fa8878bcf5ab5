import type { TSESTree } from "@typescript-eslint/types";
import { byUse } from "../protocols/by-use.js";
import { wordMatcher } from "../protocols/called-words.js";
import type {
  AcquireForm,
  Protocol,
  ScopedForm,
} from "../protocols/protocol.js";
import { type File, perFile } from "./file.js";
import { importedName } from "./imported-name.js";
import { mentionsOf } from "./mentions.js";
import { nodesIn } from "./nodes.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  calleeName,
  enclosingClassBody,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  memberName,
  wrapped,
} from "./tree.js";
import { constantFunction, constantInit, type Variables } from "./variables.js";

/** A call that hands out a permit. */
export interface AcquireSite {
  readonly call: TSESTree.CallExpression;
  /** Undefined where a function of the module acquires. */
  readonly receiver: TSESTree.Expression | undefined;
  readonly protocol: Protocol;
  readonly form: AcquireForm;
  /**
   * The node whose value is the permit: the call, the `await` of it, or the
   * parameter of the function that `then` calls with it. Undefined where the
   * promise goes elsewhere, or where `then`'s function takes no parameter.
   */
  readonly permit: TSESTree.Node | undefined;
  /**
   * The function that holds the permit: the one that acquires, or the one that
   * is passed to `then`. Undefined at the top of the file.
   */
  readonly owner: FunctionNode | undefined;
  /** What the caller does with the result. */
  readonly use: "awaited" | "now" | "promise" | "then";
  /**
   * How it is known that the call acquires: by where the receiver came from, by
   * a name that one library alone has, or only if the same function turns out
   * to release.
   */
  readonly evidence: "name" | "origin" | "use";
}

/** The scoped form that may stand for an acquire, where the library has one. */
export function scopedFormFor({
  form,
  protocol,
}: Pick<AcquireSite, "form" | "protocol">): ScopedForm | undefined {
  return form.unscoped ? undefined : protocol.scoped;
}

/**
 * The calls in a file that acquire, in source order; cached. A call that does so
 * only by its use stands there once for each form it may have.
 */
export const acquireSitesIn = perFile((file): readonly AcquireSite[] => {
  if (!mentionsOf(file).acquires) return [];
  return nodesIn(file).calls.flatMap((call) => sitesAt(call, file));
});

interface Acquisition {
  readonly receiver: TSESTree.Expression | undefined;
  readonly protocol: Protocol;
  readonly form: AcquireForm;
  readonly evidence: AcquireSite["evidence"];
}

/** One site where the origin is known, else one for each form by use. */
function sitesAt(call: TSESTree.CallExpression, file: File): AcquireSite[] {
  const known = byReceiver(call, file) ?? byExport(call, file);
  const acquisitions = known ? [known] : byUseOf(call);
  if (acquisitions.length === 0) return [];
  // In the callback form the permit goes to the callback.
  if (call.arguments.some((each) => isCallback(each, file))) return [];
  return acquisitions.map((acquisition) => ({
    call,
    ...acquisition,
    ...useOf(call, acquisition, file),
  }));
}

function isCallback(argument: TSESTree.Node, { variables }: File): boolean {
  if (argument.type !== "Identifier") return isFunction(argument);
  const variable = variables.get(argument);
  return (
    (variable && constantFunction(variable)) !== undefined ||
    /^(?:callback|cb|done|next)$/.test(argument.name)
  );
}

const isByUse = wordMatcher(byUse.flatMap(({ methods }) => methods));
const byUseMatchers = byUse.map(({ methods, ...rest }) => ({
  ...rest,
  matches: wordMatcher(methods),
}));

/** What the call may be by its name alone, if it is used that way. */
function byUseOf(call: TSESTree.CallExpression): Acquisition[] {
  const { callee } = call;
  const isMember = callee.type === "MemberExpression";
  const method = calleeName(callee);
  if (method === undefined || !isByUse(method)) return [];
  const receiver = isMember ? callee.object : undefined;
  return byUseMatchers
    .filter(
      ({ matches, lendsNothingIn }) =>
        matches(method) && !lendsNothingIn?.test(enclosingClassName(call)),
    )
    .flatMap(({ permits, ready, unmistakable, endsLent = [] }) =>
      permits.map((permit) => {
        const form: AcquireForm = { method, ready, permit };
        const protocol: Protocol = { modules: [], endsLent, acquire: [form] };
        const evidence = unmistakable ? ("name" as const) : ("use" as const);
        return { receiver, protocol, form, evidence };
      }),
    );
}

function enclosingClassName(call: TSESTree.CallExpression): string {
  const body = enclosingClassBody(call);
  return body?.parent.id?.name ?? "";
}

function byReceiver(
  { callee }: TSESTree.CallExpression,
  file: File,
): Acquisition | undefined {
  const isMember = callee.type === "MemberExpression";
  if (!isMember && callee.type !== "Identifier") return undefined;
  const method = isMember ? memberName(callee) : "";
  if (method === undefined || !file.table.acquireMethods.has(method))
    return undefined;
  if (method === "" && !mentionsOf(file).callsReceiver) return undefined;
  const receiver = isMember ? callee.object : callee;
  const protocol = receiverProtocol(receiver, file);
  const form = protocol?.acquire.find(
    (each) => each.method === method && !each.exported,
  );
  return protocol && form && { receiver, protocol, form, evidence: "origin" };
}

function byExport(
  { callee }: TSESTree.CallExpression,
  file: File,
): Acquisition | undefined {
  if (!mentionsOf(file).callsExport) return undefined;
  const { table, variables } = file;
  const origin = importedName(callee, variables);
  if (!origin) return undefined;
  for (const protocol of table.rows) {
    if (!protocol.modules.includes(origin.module)) continue;
    const form = protocol.acquire.find(
      ({ exported, method }) => exported && method === origin.name,
    );
    if (form) {
      return { receiver: undefined, protocol, form, evidence: "origin" };
    }
  }
  return undefined;
}

function useOf(
  call: TSESTree.CallExpression,
  { form }: Acquisition,
  { variables }: File,
): Pick<AcquireSite, "owner" | "permit" | "use"> {
  const owner = enclosingFunction(call);
  if (form.ready === "now") return { permit: call, owner, use: "now" };
  const promise =
    form.ready === "promise" ? call : memberOf(call, form.ready.slice(1));
  const user = promise && userOf(promise, variables);
  if (user?.type === "AwaitExpression") {
    return { permit: user, owner: enclosingFunction(user), use: "awaited" };
  }
  const callback = user && thenCallback(user);
  return callback
    ? { permit: callback.params[0], owner: callback, use: "then" }
    : { permit: undefined, owner, use: "promise" };
}

/** Who uses a promise, in place or by the only mention of its variable. */
function userOf(
  promise: TSESTree.Node,
  variables: Variables,
): TSESTree.Node | undefined {
  const { parent } = wrapped(promise);
  if (parent?.type !== "VariableDeclarator") return parent;
  const variable = variables.get(parent.id);
  if (!variable || !constantInit(variable)) return parent;
  const [use, ...others] = variable.references.filter(({ init }) => !init);
  return use && others.length === 0 ? wrapped(use.identifier).parent : parent;
}

function memberOf(
  call: TSESTree.CallExpression,
  name: string,
): TSESTree.Node | undefined {
  const { parent } = wrapped(call);
  return parent?.type === "MemberExpression" && memberName(parent) === name
    ? parent
    : undefined;
}

/** The function in `promise.then(function)`, where `user` is the member. */
function thenCallback(user: TSESTree.Node): FunctionNode | undefined {
  if (user.type !== "MemberExpression" || memberName(user) !== "then") {
    return undefined;
  }
  const { parent } = wrapped(user);
  if (parent?.type !== "CallExpression" || parent.callee !== wrapped(user)) {
    return undefined;
  }
  const [callback] = parent.arguments;
  return isFunction(callback) && !callback.generator ? callback : undefined;
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { homeMadeShapes } from "../protocols/home-made.js";
import { protocols } from "../protocols/index.js";
import type { AcquireForm, Protocol } from "../protocols/protocol.js";
import { importedName } from "./imported-name.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  memberName,
  wrapped,
} from "./tree.js";
import type { Variables } from "./variables.js";

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
}

/** Words of which one stands in every file with a site. */
const triggers = [
  ...new Set(
    [...protocols, ...homeMadeShapes].flatMap((row) =>
      row.acquire.flatMap(({ method }) => triggersOf(method, row)),
    ),
  ),
];

function triggersOf(method: string, row: Protocol): readonly string[] {
  switch (method) {
    case "":
      return row.factories ?? [];
    case "*":
    case "default":
      return row.modules;
    default:
      return [lastName(method)];
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

const receiverMethods = new Set(
  [...protocols, ...homeMadeShapes].flatMap((row) =>
    row.acquire.flatMap(({ exported, method }) => (exported ? [] : [method])),
  ),
);

/** The acquire calls in a file, in source order. */
export function acquireSitesOf(
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): AcquireSite[] {
  if (!triggers.some((word) => sourceCode.text.includes(word))) return [];
  const sites: AcquireSite[] = [];
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    if (node.type !== "CallExpression") continue;
    const site = siteOf(node, sourceCode, variables);
    if (site) sites.push(site);
  }
  return sites;
}

interface Acquisition {
  readonly receiver: TSESTree.Expression | undefined;
  readonly protocol: Protocol;
  readonly form: AcquireForm;
}

function siteOf(
  call: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): AcquireSite | undefined {
  // In the callback form the permit goes to the callback.
  if (call.arguments.some(isFunction)) return undefined;
  const acquisition =
    byReceiver(call, sourceCode, variables) ?? byExport(call, variables);
  return acquisition && { call, ...acquisition, ...useOf(call, acquisition) };
}

function byReceiver(
  { callee }: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): Acquisition | undefined {
  const isMember = callee.type === "MemberExpression";
  if (!isMember && callee.type !== "Identifier") return undefined;
  const method = isMember ? memberName(callee) : "";
  if (method === undefined || !receiverMethods.has(method)) return undefined;
  const receiver = isMember ? callee.object : callee;
  const protocol = receiverProtocol(receiver, sourceCode, variables);
  const form = protocol?.acquire.find(
    (each) => each.method === method && !each.exported,
  );
  return protocol && form && { receiver, protocol, form };
}

function byExport(
  { callee }: TSESTree.CallExpression,
  variables: Variables,
): Acquisition | undefined {
  const origin = importedName(callee, variables);
  if (!origin) return undefined;
  for (const protocol of protocols) {
    if (!protocol.modules.includes(origin.module)) continue;
    const form = protocol.acquire.find(
      ({ exported, method }) => exported && method === origin.name,
    );
    if (form) return { receiver: undefined, protocol, form };
  }
  return undefined;
}

function useOf(
  call: TSESTree.CallExpression,
  { form }: Acquisition,
): Pick<AcquireSite, "owner" | "permit" | "use"> {
  const owner = enclosingFunction(call);
  if (form.ready === "now") return { permit: call, owner, use: "now" };
  const promise =
    form.ready === "promise" ? call : memberOf(call, form.ready.slice(1));
  const user = promise && wrapped(promise).parent;
  if (user?.type === "AwaitExpression") {
    return { permit: user, owner, use: "awaited" };
  }
  const callback = user && thenCallback(user);
  return callback
    ? { permit: callback.params[0], owner: callback, use: "then" }
    : { permit: undefined, owner, use: "promise" };
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

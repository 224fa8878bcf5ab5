import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { protocols } from "../protocols/index.js";
import type { AcquireMethod, Protocol } from "../protocols/protocol.js";
import { receiverProtocol } from "./receiver-protocol.js";
import {
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  memberName,
  wrapped,
} from "./tree.js";
import type { Variables } from "./variables.js";

/** A call that hands out a permit. */
export interface AcquireSite {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly protocol: Protocol;
  readonly method: AcquireMethod;
  /** The expression whose value is the permit: the call, or the `await` of it. */
  readonly permit: TSESTree.Node;
  /** The function that acquires; undefined at the top of the file. */
  readonly owner: FunctionNode | undefined;
}

const acquireNames = new Set(
  protocols.flatMap((row) => row.acquire.map(({ method }) => method)),
);

/**
 * The acquire calls in a file. A promise of a permit that is not awaited on
 * the spot is left out: what becomes of it is not followed.
 */
export function acquireSitesOf(
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): AcquireSite[] {
  if (![...acquireNames].some((name) => sourceCode.text.includes(name))) {
    return [];
  }
  const sites: AcquireSite[] = [];
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    const site =
      node.type === "CallExpression" ? siteOf(node, sourceCode, variables) : 0;
    if (site) sites.push(site);
  }
  return sites;
}

function siteOf(
  call: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): AcquireSite | undefined {
  const { callee } = call;
  if (callee.type !== "MemberExpression") return undefined;
  const name = memberName(callee);
  if (name === undefined || !acquireNames.has(name)) return undefined;
  const receiver = callee.object;
  const protocol = receiverProtocol(receiver, sourceCode, variables);
  const method = protocol?.acquire.find((each) => each.method === name);
  if (!protocol || !method) return undefined;
  const permit = permitOf(call, method);
  return (
    permit && {
      call,
      receiver,
      protocol,
      method,
      permit,
      owner: enclosingFunction(call),
    }
  );
}

function permitOf(
  call: TSESTree.CallExpression,
  method: AcquireMethod,
): TSESTree.Node | undefined {
  if (method.returns === "try") return call;
  const { parent } = wrapped(call);
  return parent?.type === "AwaitExpression" ? parent : undefined;
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "./access-path.js";
import { permitFactsOf, sitesIn } from "./permit-facts.js";
import { scopedCallsOf } from "./scoped-calls.js";
import { type FunctionNode, isFunction, wrapped } from "./tree.js";
import { variablesOf } from "./variables.js";

/** A call that waits for a permit of a semaphore while holding one of it. */
export interface NestedAcquire {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  /** The call that acquired the permit held. */
  readonly outer: TSESTree.CallExpression;
}

/** A call that waits for a permit of a receiver. */
interface Waiting {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly place: string;
}

/** A stretch of code that runs with a permit of a receiver. */
interface Holding {
  readonly outer: TSESTree.CallExpression;
  readonly place: string;
  readonly includes: (call: TSESTree.CallExpression) => boolean;
}

/** The acquires in a file that wait while the same function holds a permit. */
export function nestedAcquiresOf(
  sourceCode: TSESLint.SourceCode,
): NestedAcquire[] {
  const holdings = holdingsIn(sourceCode);
  return waitingsIn(sourceCode).flatMap(({ call, receiver, place }) => {
    const holding = holdings.find(
      (each) =>
        each.place === place && each.outer !== call && each.includes(call),
    );
    return holding ? [{ call, receiver, outer: holding.outer }] : [];
  });
}

function waitingsIn(sourceCode: TSESLint.SourceCode): Waiting[] {
  const acquires = sitesIn(sourceCode).filter(({ use }) => use === "awaited");
  const scoped = scopedCallsOf(sourceCode).filter(({ call }) =>
    isWaitedFor(call),
  );
  return [...acquires, ...scoped].flatMap(({ call, receiver }) => {
    const place = placeOf(receiver, sourceCode);
    return receiver && place !== undefined ? [{ call, receiver, place }] : [];
  });
}

function holdingsIn(sourceCode: TSESLint.SourceCode): Holding[] {
  const acquired = permitFactsOf(sourceCode).flatMap(({ site, outcome }) => {
    const place = placeOf(site.receiver, sourceCode);
    return place === undefined || !outcome
      ? []
      : [
          {
            outer: site.call,
            place,
            includes: (call: TSESTree.CallExpression) =>
              outcome.heldAt.has(call),
          },
        ];
  });
  const scoped = scopedCallsOf(sourceCode).flatMap(
    ({ call: outer, receiver, callback }) => {
      const place = placeOf(receiver, sourceCode);
      return place === undefined || !callback
        ? []
        : [
            {
              outer,
              place,
              includes: (call: TSESTree.CallExpression) =>
                runsIn(call, callback),
            },
          ];
    },
  );
  return [...acquired, ...scoped];
}

function placeOf(
  receiver: TSESTree.Expression | undefined,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  return receiver && accessPath(receiver, variablesOf(sourceCode));
}

function runsIn(node: TSESTree.Node, fn: FunctionNode): boolean {
  let at = node.parent;
  while (at && !isFunction(at)) at = at.parent;
  return at === fn;
}

/** Whether the promise of a call is awaited or returned on the spot. */
function isWaitedFor(call: TSESTree.CallExpression): boolean {
  const value = wrapped(call);
  const { parent } = value;
  return (
    parent?.type === "AwaitExpression" ||
    parent?.type === "ReturnStatement" ||
    (parent?.type === "ArrowFunctionExpression" && parent.body === value)
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import type { Protocol } from "../protocols/protocol.js";
import { accessPath } from "./access-path.js";
import { acquireSitesIn } from "./acquire-sites.js";
import type { File } from "./file.js";
import { permitFactsOf } from "./permit-facts.js";
import { scopedCallsIn } from "./scoped-calls.js";
import { enclosingFunction, keyName, wrapped } from "./tree.js";
import { isUnderUsing } from "./using-scope.js";

/** A call that waits for a permit of a semaphore while holding one of it. */
export interface NestedAcquire {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  /** The call that acquired the permit held. */
  readonly outer: TSESTree.CallExpression;
  /** The option by which the wait comes to an end, if any. */
  readonly endedBy: string | undefined;
}

/** A call that waits for a permit of a receiver. */
interface Waiting {
  readonly call: TSESTree.CallExpression;
  readonly receiver: TSESTree.Expression;
  readonly place: string;
  readonly endedBy: string | undefined;
}

/** A stretch of code that runs with a permit of a receiver. */
interface Holding {
  readonly outer: TSESTree.CallExpression;
  readonly place: string;
  readonly includes: (call: TSESTree.CallExpression) => boolean;
}

/**
 * The acquires in a file that wait while the same function holds a permit. A
 * pool is left out: it is large on purpose, and two of its members have a use.
 */
export function nestedAcquiresOf(file: File): NestedAcquire[] {
  const holdings = holdingsIn(file);
  return waitingsIn(file).flatMap(({ call, receiver, place, endedBy }) => {
    const holding = holdings.find(
      (each) =>
        each.place === place && each.outer !== call && each.includes(call),
    );
    return holding ? [{ call, receiver, outer: holding.outer, endedBy }] : [];
  });
}

function waitingsIn(file: File): Waiting[] {
  const acquires = acquireSitesIn(file).filter(
    ({ protocol, use }) => mayWaitForItself(protocol) && use === "awaited",
  );
  const scoped = scopedCallsIn(file).filter(
    ({ call, protocol }) => mayWaitForItself(protocol) && isWaitedFor(call),
  );
  return [...acquires, ...scoped].flatMap(({ call, receiver, protocol }) => {
    const place = placeOf(receiver, file);
    const endedBy = waitEnder(call, protocol);
    return receiver && place !== undefined
      ? [{ call, receiver, place, endedBy }]
      : [];
  });
}

function mayWaitForItself({ blocksItself, limitsByObject }: Protocol): boolean {
  return blocksItself === true || limitsByObject === true;
}

/** The first option of a call, where it is written there, that ends its wait. */
function waitEnder(
  call: TSESTree.CallExpression,
  { endsWait = [] }: Protocol,
): string | undefined {
  for (const argument of call.arguments) {
    if (argument.type !== "ObjectExpression") continue;
    for (const property of argument.properties) {
      if (property.type !== "Property" || property.computed) continue;
      const name = keyName(property.key);
      if (name !== undefined && endsWait.includes(name)) return name;
    }
  }
  return undefined;
}

function holdingsIn(file: File): Holding[] {
  const acquired = permitFactsOf(file).flatMap(({ site, owner, outcome }) => {
    const place = placeOf(site.receiver, file);
    return place === undefined || !outcome
      ? []
      : [
          {
            outer: site.call,
            place,
            includes: (call: TSESTree.CallExpression) =>
              outcome.heldAt.has(call) ||
              (isUnderUsing(site, call) && enclosingFunction(call) === owner),
          },
        ];
  });
  const scoped = scopedCallsIn(file).flatMap(
    ({ call: outer, receiver, callback }) => {
      const place = placeOf(receiver, file);
      return place === undefined || !callback
        ? []
        : [
            {
              outer,
              place,
              includes: (call: TSESTree.CallExpression) =>
                enclosingFunction(call) === callback,
            },
          ];
    },
  );
  return [...acquired, ...scoped];
}

function placeOf(
  receiver: TSESTree.Expression | undefined,
  { variables }: File,
): string | undefined {
  return receiver && accessPath(receiver, variables);
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

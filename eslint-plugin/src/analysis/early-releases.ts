import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { isAsync, returnsPromise } from "./async-calls.js";
import { callsOf } from "./calls-of.js";
import type { File } from "./file.js";
import { type PermitFacts, permitFactsOf } from "./permit-facts.js";
import { scopedCallsIn } from "./scoped-calls.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
} from "./tree.js";
import { mayUseLent } from "./uses-lent.js";
import { isUnderUsing } from "./using-scope.js";
import { constantFunction } from "./variables.js";

/** Work that a permit is to guard and that outlives the permit. */
export interface EarlyRelease {
  /** The call whose promise nobody waits for while the permit is held. */
  readonly work: TSESTree.CallExpression;
  /** The call that acquired the permit. */
  readonly acquire: TSESTree.CallExpression;
  /** Whether awaiting the work would mend it where it stands. */
  readonly canAwait: boolean;
}

/** The work in a file that still runs when its permit is released. */
export function earlyReleasesOf(file: File): EarlyRelease[] {
  return [
    ...permitFactsOf(file).flatMap((facts) => returnedFromTry(facts, file)),
    ...droppedInScopedForm(file),
  ].sort((a, b) => a.work.range[0] - b.work.range[0]);
}

/** `try { return work(); } finally { release(); }`, and the same with `using`. */
function returnedFromTry(
  { site, owner, events, outcome }: PermitFacts,
  file: File,
): EarlyRelease[] {
  if (!owner.async) return [];
  const { sourceCode, variables } = file;
  const { releases } = events;
  const value = site.form.permit.lent && site.permit;
  const found: EarlyRelease[] = [];
  for (const node of descendantsOf(owner.body, sourceCode.visitorKeys)) {
    if (node.type !== "ReturnStatement" || !node.argument) continue;
    if (enclosingFunction(node) !== owner) continue;
    const work = callIn(node.argument);
    if (!work) continue;
    if (!returnsPromise(work, variables) && !isGivenAsync(work, owner, file)) {
      continue;
    }
    const isReleased =
      (outcome?.heldAt.has(work) && releasesOnTheWayOut(node)) ||
      isUnderUsing(site, node);
    if (!isReleased) continue;
    if (value && !mayUseLent(work, { value, owner, releases }, file)) continue;
    found.push({ work, acquire: site.call, canAwait: true });
  }
  return found;

  function releasesOnTheWayOut(from: TSESTree.Node): boolean {
    for (
      let at: TSESTree.Node | undefined = from;
      at && at !== owner;
      at = at.parent
    ) {
      const parent: TSESTree.Node | undefined = at.parent;
      if (parent?.type !== "TryStatement" || parent.finalizer === at) continue;
      const { finalizer } = parent;
      if (
        finalizer &&
        releases.some((release) => contains(finalizer, release))
      ) {
        return true;
      }
    }
    return false;
  }
}

/** Whether it calls a parameter for which a caller in the file gives an async function. */
function isGivenAsync(
  { callee }: TSESTree.CallExpression,
  owner: FunctionNode,
  { sourceCode, variables }: File,
): boolean {
  if (callee.type !== "Identifier") return false;
  const parameter = variables.get(callee);
  const index = owner.params.findIndex(
    (each) => each.type === "Identifier" && variables.get(each) === parameter,
  );
  if (!parameter || index < 0) return false;
  if (parameter.references.some((reference) => reference.isWrite())) {
    return false;
  }
  const calls = callsOf(owner, sourceCode, variables)?.known ?? [];
  return calls.some(({ arguments: given }) => {
    const isSpread = given
      .slice(0, index + 1)
      .some(({ type }) => type === "SpreadElement");
    if (isSpread) return false;
    const value = given[index];
    if (value?.type !== "Identifier") return isAsync(value);
    const variable = variables.get(value);
    return variable !== undefined && isAsync(constantFunction(variable));
  });
}

/** `sem.withPermit(() => { work(); })` */
function droppedInScopedForm(file: File): EarlyRelease[] {
  const { sourceCode, variables } = file;
  return scopedCallsIn(file).flatMap(({ call, callback, form, protocol }) => {
    if (callback?.body.type !== "BlockStatement") return [];
    const isLent =
      form.passes === "permit" &&
      protocol.acquire.some(({ permit }) => permit.lent);
    const value = isLent ? callback.params[0] : undefined;
    const lent = value && { value, owner: callback, releases: [] };
    return statementsOf(callback, callback.body, sourceCode)
      .filter((work) => returnsPromise(work, variables))
      .filter((work) => !lent || mayUseLent(work, lent, file))
      .map((work) => ({ work, acquire: call, canAwait: callback.async }));
  });
}

/** The calls that are statements of a function, not of one inside it. */
function statementsOf(
  fn: FunctionNode,
  body: TSESTree.BlockStatement,
  { visitorKeys }: TSESLint.SourceCode,
): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  for (const node of descendantsOf(body, visitorKeys)) {
    if (node.type !== "ExpressionStatement") continue;
    const call = callIn(node.expression);
    if (call && enclosingFunction(node) === fn) calls.push(call);
  }
  return calls;
}

function callIn(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  return node.type === "CallExpression" ? node : undefined;
}

import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "../acquire-sites.js";
import type { PermitEvent } from "../permit-events.js";
import { shareReceiver } from "../shared-receiver.js";
import type { States } from "../state.js";
import { isSureToCome } from "./acquires.js";
import { become } from "./steps.js";
import type { Run } from "./run.js";

/** What happens to another permit at a node. */
export function eventOfOthers(
  run: Run,
  node: TSESTree.Node,
): PermitEvent | undefined {
  return run.surroundings.events.get(node);
}

/** The other acquire whose permit is the value of a node. */
function otherSite(run: Run, node: TSESTree.Node): AcquireSite | undefined {
  const other = run.surroundings.sites.get(node);
  return other === run.site ? undefined : other;
}

/** Whether a call takes another permit if there is one, and else says so. */
export function isOtherTry(run: Run, node: TSESTree.Node): boolean {
  return otherSite(run, node)?.form.ready === "now";
}

/** After another acquire of the same semaphore a release gives that back. */
export function afterAnother(
  run: Run,
  node: TSESTree.Node,
  states: States,
): States {
  const other = otherSite(run, node);
  return other && shareReceiver(other, run.site, run.variables)
    ? become("none", become("none", states, "failed"), "released")
    : states;
}

/** Whether an `await` waits for another permit that is sure to come. */
export function isCalm(run: Run, node: TSESTree.Node): boolean {
  const other = otherSite(run, node);
  return other !== undefined && isSureToCome(other);
}

/**
 * Whether an `await` waits for another lock of which nothing is known but its
 * use: a home-made one, which hardly rejects.
 */
export function waitsForLock(run: Run, node: TSESTree.Node): boolean {
  const other = otherSite(run, node);
  return (
    other?.evidence === "use" &&
    other.form.permit.kind !== "object" &&
    other.form.permit.kind !== "argument"
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import { type AcquireSite, acquireSitesIn } from "../acquire-sites.js";
import { perFile } from "../file.js";
import { addAll, type Exits, isLoop, type Loop } from "../exits.js";
import {
  addState,
  mapStates,
  type State,
  type States,
  stepOn,
  withKnown,
} from "../state.js";
import { contains } from "../tree.js";
import { settle } from "./settling.js";
import { acquireResult, untaken } from "./knowledge.js";
import type { Run } from "./run.js";

/** Takes the permit, if there is one to have, where an acquire is waited for. */
export function acquire(
  run: Run,
  node: TSESTree.Node,
  states: States,
  exits: Exits,
): States {
  const failed = mapStates(states, (state) =>
    state.permit === "escaped" ? state : { ...state, permit: "failed" },
  );
  if (!isSureToCome(run.site)) addAll(exits.throws, failed);
  const acquired = mapStates(states, (state) => {
    if (state.permit === "escaped") return state;
    if (gathersPermits(run)) return { ...state, permit: "escaped" };
    if (state.permit === "held") {
      if (!endsInItsLoop(run) && !run.events.neverReleased) {
        return { ...state, permit: "escaped" };
      }
      addState(run.repeats, {
        ...state,
        trail: stepOn(state.trail, { node, step: "repeats" }),
      });
    }
    const taken: State = {
      ...state,
      permit: "held",
      trail: stepOn(undefined, { node: run.site.call, step: "acquired" }),
    };
    const held = run.isTakenByUse
      ? withKnown({ ...taken, permit: "none" }, untaken, true)
      : taken;
    return run.site.form.mayFail
      ? [
          withKnown(held, acquireResult, true),
          withKnown({ ...state, permit: "failed" }, acquireResult, false),
        ]
      : held;
  });
  return settle(run, node, acquired, exits);
}

/** Whether the innermost loop around the acquire also gives the permit up. */
function endsInItsLoop(run: Run): boolean {
  const loop = loopAround(run, run.site.call);
  return loop !== undefined && run.endings.some((node) => contains(loop, node));
}

/** Whether one loop gathers permits, which are not counted, for another. */
function gathersPermits(run: Run): boolean {
  return (
    loopAround(run, run.site.call) !== undefined &&
    !endsInItsLoop(run) &&
    run.endings.some((node) => {
      const loop = loopAround(run, node);
      return loop !== undefined && !contains(loop, run.site.call);
    })
  );
}

function loopAround(run: Run, node: TSESTree.Node): TSESTree.Node | undefined {
  let at: TSESTree.Node | undefined = node;
  while (at && at !== run.owner && !(isLoop(at) && !asks(at, node))) {
    at = at.parent;
  }
  return at === run.owner ? undefined : at;
}

/** `while (!sem.tryAcquire()) { … }` goes on until there is a permit. */
function asks(loop: Loop, acquire: TSESTree.Node): boolean {
  return (
    loop.type === "WhileStatement" &&
    loop.test.type === "UnaryExpression" &&
    contains(loop.test, acquire)
  );
}

/** The acquires in a file that neither throw nor reject; cached. */
export const sureAcquiresIn = perFile(
  (file): ReadonlySet<TSESTree.Node> =>
    new Set(
      acquireSitesIn(file)
        .filter(isSureToCome)
        .map(({ call }) => call),
    ),
);

/** Whether an acquire throws nothing: where it can't be had, its result says so. */
export function isSureToCome({ call, form }: AcquireSite): boolean {
  const saysNo = form.ready === "now" && form.mayFail === true;
  return (form.neverRejects === true || saysNo) && call.arguments.length === 0;
}

import type { TSESTree } from "@typescript-eslint/types";
import {
  forget,
  mapStates,
  type State,
  type States,
  withKnown,
} from "../state.js";
import { type FunctionNode, unwrap } from "../tree.js";
import type { Run } from "./run.js";

/** The condition key of the value that a non-waiting acquire just returned. */
export const acquireResult = "<acquire result>";

/** The condition key that says of a permit that it waits to be used. */
export const untaken = "<untaken>";

/** The condition key that says of a function that it has been made. */
function madeMark({ range }: FunctionNode): string {
  return `<made ${range[0]}>`;
}

/** From here on a function may run, at any time, that changes what was known. */
export function letChange(run: Run, fn: FunctionNode, states: States): States {
  const places = run.correlations.changedBy.get(fn);
  if (!places) return states;
  return mapStates(states, (state) =>
    withKnown(
      [...places]
        .filter((place) => place !== run.permitKey)
        .reduce(forget, state),
      madeMark(fn),
      true,
    ),
  );
}

/** Notes the outcome of a condition, unless it may change at any time. */
export function know(
  run: Run,
  state: State,
  key: string,
  truth: boolean,
): State {
  for (const [fn, places] of run.correlations.changedBy) {
    if (!state.known.has(madeMark(fn)) || key === run.permitKey) continue;
    if ([...places].some((place) => key.includes(place))) return state;
  }
  return withKnown(state, key, truth);
}

/** Whether a condition is worth knowing: it is tested more than once. */
export function isTracked(run: Run, key: string): boolean {
  return (
    run.correlations.conditions.has(key) ||
    run.enclosing.has(key) ||
    key === run.permitKey
  );
}

/** Whether a value is the permit, or its member that gives it back. */
export function isHandle(run: Run, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return (
    isPermit(run, value) ||
    (value.type === "MemberExpression" &&
      isPermit(run, value.object) &&
      run.events.holder?.handle.kind === "releaser")
  );
}

/** Whether a value is the permit, fresh from its acquire. */
export function isPermit(run: Run, node: TSESTree.Node): boolean {
  return unwrap(node) === run.site.permit;
}

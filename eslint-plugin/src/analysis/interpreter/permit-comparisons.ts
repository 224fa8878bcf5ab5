import type { TSESTree } from "@typescript-eslint/types";
import { accessPath } from "../access-path.js";
import { conditionKey } from "../condition-key.js";
import { mapStates, type States } from "../state.js";
import { isEquality, unwrap } from "../tree.js";
import { isPermit } from "./knowledge.js";
import type { Branches } from "./conditions.js";
import type { Run } from "./run.js";

/** Compares a permit with null or undefined, which tells whether it is held. */
export function nullComparison(
  run: Run,
  node: TSESTree.BinaryExpression,
): { operand: TSESTree.Node; isEqual: boolean } | undefined {
  if (!isEquality(node)) return undefined;
  const isEqual = node.operator.startsWith("=");
  for (const [operand, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    if (!isNullish(other)) continue;
    const key = conditionKey(operand, run.variables);
    const isThePermit =
      isPermit(run, operand) || (key && key === run.permitKey);
    if (isThePermit) return { operand, isEqual };
  }
  return undefined;
}

/**
 * Whether a permit, or its `typeof`, is compared with what no permit is: a
 * literal, or another place, since it has only just come to be.
 */
export function comparesPermit(
  run: Run,
  node: TSESTree.BinaryExpression,
): boolean {
  if (!isEquality(node) || run.permitKey === undefined) {
    return false;
  }
  const sides = [node.left, node.right].map(unwrap);
  if (sides.some((side) => side.type === "Literal")) {
    return sides.some((side) => {
      if (conditionKey(side, run.variables) === run.permitKey) return true;
      const isTypeof =
        side.type === "UnaryExpression" && side.operator === "typeof";
      return (
        isTypeof &&
        conditionKey(side.argument, run.variables) === run.permitKey &&
        sides.some(
          (other) =>
            other.type === "Literal" &&
            other.value !== "object" &&
            other.value !== "function",
        )
      );
    });
  }
  const keys = sides.map((side) => accessPath(side, run.variables));
  return (
    keys.includes(run.permitKey) &&
    keys.every((key) => key !== undefined) &&
    keys[0] !== keys[1]
  );
}

/** Splits states by a comparison of the permit with what it can't be. */
export function splitByDifference(
  { operator }: TSESTree.BinaryExpression,
  states: States,
): Branches {
  const unequal = states;
  const equal = mapStates(states, (state) =>
    state.permit === "held" ? undefined : state,
  );
  return operator.startsWith("!")
    ? { whenTrue: unequal, whenFalse: equal }
    : { whenTrue: equal, whenFalse: unequal };
}

/** `null` or `undefined`, written down. */
export function isNullish(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return (
    (value.type === "Literal" && value.raw === "null") ||
    (value.type === "Identifier" && value.name === "undefined")
  );
}

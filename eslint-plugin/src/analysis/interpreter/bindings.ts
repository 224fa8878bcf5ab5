import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "../access-path.js";
import { conditionKey } from "../condition-key.js";
import type { Exits } from "../exits.js";
import { forget, mapStates, noStates, type States, union } from "../state.js";
import { childrenOf, unwrap } from "../tree.js";
import { evaluate, evaluateChildren } from "./expressions.js";
import { test } from "./conditions.js";
import { know, isTracked, isHandle } from "./knowledge.js";
import { settle } from "./settling.js";
import { isTypeOnly } from "./steps.js";
import { acquireResult } from "./knowledge.js";
import type { Run } from "./run.js";

/** Runs one declaration of a variable. */
export function declare(
  run: Run,
  node: TSESTree.VariableDeclarator,
  states: States,
  exits: Exits,
): States {
  if (!node.init) {
    const key = conditionKey(node.id, run.variables);
    const declared = assignPattern(run, node.id, states, exits);
    return key !== undefined && isTracked(run, key)
      ? mapStates(declared, (state) => know(run, state, key, false))
      : declared;
  }
  return bindValue(run, node.id, node.init, states, exits);
}

/**
 * Evaluates a value and binds it. What a place that is tested later holds is
 * told apart by the branch it came from, and by what a condition came to.
 */
function bindValue(
  run: Run,
  target: TSESTree.Node,
  value: TSESTree.Expression,
  states: States,
  exits: Exits,
): States {
  const key = conditionKey(target, run.variables);
  const node = unwrap(value) as TSESTree.Expression;
  if (key === undefined || !isTracked(run, key) || run.events.at.has(node)) {
    return assign(
      run,
      target,
      value,
      evaluate(run, value, states, exits),
      exits,
    );
  }
  switch (node.type) {
    case "ConditionalExpression": {
      const { whenTrue, whenFalse } = test(run, node.test, states, exits);
      return union(
        bindValue(run, target, node.consequent, whenTrue, exits),
        bindValue(run, target, node.alternate, whenFalse, exits),
      );
    }
    case "LogicalExpression": {
      const { whenTrue, whenFalse } = test(run, node.left, states, exits);
      const isKept = node.operator !== "&&";
      const kept = assign(
        run,
        target,
        node.left,
        isKept ? whenTrue : whenFalse,
        exits,
      );
      return union(
        mapStates(kept, (state) => know(run, state, key, isKept)),
        bindValue(
          run,
          target,
          node.right,
          isKept ? whenFalse : whenTrue,
          exits,
        ),
      );
    }
    case "BinaryExpression": {
      const { whenTrue, whenFalse } = test(run, node, states, exits);
      const bound = (truth: boolean, reached: States) =>
        mapStates(assign(run, target, node, reached, exits), (state) =>
          know(run, state, key, truth),
        );
      return union(bound(true, whenTrue), bound(false, whenFalse));
    }
    default:
      return assign(
        run,
        target,
        value,
        evaluate(run, value, states, exits),
        exits,
      );
  }
}

/** Evaluates an assignment, one that may be left out included. */
export function evaluateAssignment(
  run: Run,
  node: TSESTree.AssignmentExpression,
  states: States,
  exits: Exits,
): States {
  let reached = states;
  if (node.left.type === "MemberExpression") {
    reached = evaluateChildren(run, node.left, reached, exits);
  }
  if (node.operator === "=") {
    const bound = bindValue(run, node.left, node.right, reached, exits);
    return settle(run, node, bound, exits);
  }
  const value = evaluate(run, node.right, reached, exits);
  // `a ??= b` may leave out its right side.
  const skipped = /^(\|\||&&|\?\?)=$/.test(node.operator) ? reached : noStates;
  return settle(
    run,
    node,
    union(assign(run, node.left, node.right, value, exits), skipped),
    exits,
  );
}

/** Binds a value to its target and keeps what that tells about conditions. */
function assign(
  run: Run,
  target: TSESTree.Node,
  value: TSESTree.Node,
  states: States,
  exits: Exits,
): States {
  const bound = assignPattern(run, target, states, exits);
  const isPattern =
    target.type === "ArrayPattern" || target.type === "ObjectPattern";
  const key =
    isPattern && isHandle(run, value)
      ? run.permitKey
      : conditionKey(target, run.variables);
  const isKept = key !== undefined && isTracked(run, key);
  const truth = isKept ? truthOf(value) : undefined;
  return mapStates(bound, (state) => {
    const result = state.known.get(acquireResult);
    const settled = forget(state, acquireResult);
    const held = result ?? (run.isReceiverShape ? undefined : true);
    const known = isHandle(run, value) ? held : truth;
    return isKept && known !== undefined
      ? know(run, settled, key, known)
      : settled;
  });
}

/** Forgets what was known of the variables and places that are written. */
export function assignPattern(
  run: Run,
  target: TSESTree.Node,
  states: States,
  exits: Exits,
): States {
  switch (target.type) {
    case "VariableDeclaration":
      return target.declarations.reduce(
        (reached, each) => assignPattern(run, each.id, reached, exits),
        states,
      );
    case "Identifier":
    case "MemberExpression": {
      const variable = run.variables.get(target);
      const place = variable
        ? variableKey(variable)
        : accessPath(target, run.variables);
      return place === undefined
        ? states
        : mapStates(states, (state) => forget(state, place));
    }
    case "AssignmentPattern":
      return union(
        assignPattern(run, target.left, states, exits),
        evaluate(run, target.right, states, exits),
      );
    case "Property":
      return assignPattern(run, target.value, states, exits);
    case "RestElement":
      return assignPattern(run, target.argument, states, exits);
    case "ArrayPattern":
    case "ObjectPattern": {
      let reached = states;
      for (const child of childrenOf(target, run.visitorKeys)) {
        if (!isTypeOnly(child))
          reached = assignPattern(run, child, reached, exits);
      }
      return reached;
    }
    default:
      return states;
  }
}

/** Whether a value is always truthy or always falsy, as written. */
export function truthOf(node: TSESTree.Node): boolean | undefined {
  const value = unwrap(node);
  switch (value.type) {
    case "Literal":
      return Boolean(value.value);
    case "ArrayExpression":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "NewExpression":
    case "ObjectExpression":
      return true;
    case "Identifier":
      return value.name === "undefined" ? false : undefined;
    case "UnaryExpression":
      return value.operator === "void" ? false : undefined;
    default:
      return undefined;
  }
}

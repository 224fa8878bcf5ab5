import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "../access-path.js";
import { keyName, memberName, wrapped } from "../tree.js";
import type { EventSearch } from "./event-search.js";

/** Notes where it is kept what `result` says of the end. */
export function noteEnd(
  search: EventSearch,
  result: TSESTree.Node,
  { flag, value }: { readonly flag: string; readonly value: string },
): void {
  const { parent } = result;
  const target =
    parent?.type === "VariableDeclarator"
      ? parent.id
      : parent?.type === "AssignmentExpression"
        ? parent.left
        : undefined;
  if (target?.type === "ObjectPattern") {
    for (const property of target.properties) {
      if (property.type !== "Property") continue;
      const name = keyName(property.key);
      if (name === flag) noteFlagVariable(search, property.value);
      if (name === value) noteValueVariable(search, property.value);
    }
    return;
  }
  const place = target && accessPath(target, search.variables);
  if (place === undefined) return;
  search.endFlags.set(`${place}.${flag}`, true);
  search.endFlags.set(`${place}.${value}`, false);
  for (const { identifier } of search.variables.get(target!)?.references ??
    []) {
    const { parent } = identifier;
    if (parent.type === "MemberExpression" && memberName(parent) === flag) {
      noteFlagCopy(search, parent);
    }
  }
}

/** Notes a variable that holds a flag, and those it is assigned to. */
function noteFlagVariable(search: EventSearch, name: TSESTree.Node): void {
  const flag = search.variables.get(name);
  if (!flag || search.endFlags.has(variableKey(flag))) return;
  search.endFlags.set(variableKey(flag), true);
  for (const { identifier } of flag.references)
    noteFlagCopy(search, identifier);
}

/** Notes a variable that holds a value, as long as there is one. */
function noteValueVariable(search: EventSearch, name: TSESTree.Node): void {
  const value = search.variables.get(name);
  if (value) search.endFlags.set(variableKey(value), false);
}

/** Notes where else a flag is kept, and whether anybody heeds it. */
function noteFlagCopy(search: EventSearch, flag: TSESTree.Node): void {
  const { parent } = flag;
  if (isCondition(flag)) search.heedsEnd = true;
  if (parent?.type === "AssignmentExpression" && parent.right === flag) {
    noteFlagVariable(search, parent.left);
  } else if (parent?.type === "VariableDeclarator" && parent.init === flag) {
    noteFlagVariable(search, parent.id);
  }
}

/** Whether what is done next depends on a value. */
function isCondition(node: TSESTree.Node): boolean {
  const { parent } = wrapped(node);
  switch (parent?.type) {
    case "ConditionalExpression":
    case "DoWhileStatement":
    case "IfStatement":
    case "WhileStatement":
      return parent.test === wrapped(node);
    case "LogicalExpression":
      return true;
    case "UnaryExpression":
      return parent.operator === "!";
    default:
      return false;
  }
}

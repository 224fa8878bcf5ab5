import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { bodyOfLoop, isForEachCallback } from "../analysis/loops.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";

/** Methods of arrays, sets and maps that change what there is to iterate. */
const changing = new Set(
  `add clear copyWithin delete fill pop push reverse set shift sort splice
   unshift`.split(/\s+/),
);

/**
 * Whether a collection may be changed while it is being worked through. `map`
 * goes over all of it at once; what takes one item after the other would see the
 * change.
 *
 * @param work what goes over the collection
 * @param isAwaited whether the code around waits until all is done
 */
export function mayChangeMeanwhile(
  collection: TSESTree.Expression,
  work: TSESTree.Node,
  isAwaited: boolean,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const variables = variablesOf(sourceCode);
  return mayChange(collection);

  function mayChange(expression: TSESTree.Node): boolean {
    const node = unwrap(expression);
    switch (node.type) {
      case "Identifier": {
        const variable = variables.get(node);
        return (variable?.references ?? []).some(
          ({ identifier }) => isChanged(identifier) && isMeanwhile(identifier),
        );
      }
      case "MemberExpression": {
        const name = memberName(node);
        return descendantsOf(sourceCode.ast, sourceCode.visitorKeys).some(
          (other) =>
            other.type === "MemberExpression" &&
            memberName(other) === name &&
            isChanged(other) &&
            isMeanwhile(other),
        );
      }
      case "LogicalExpression":
        return mayChange(node.left) || mayChange(node.right);
      case "ConditionalExpression":
        return mayChange(node.consequent) || mayChange(node.alternate);
      case "CallExpression":
        // `map.values()` goes over the map itself.
        return (
          node.callee.type === "MemberExpression" &&
          /^(?:entries|keys|values)$/.test(memberName(node.callee) ?? "") &&
          node.arguments.length === 0 &&
          mayChange(node.callee.object)
        );
      default:
        return false;
    }
  }

  /** Whether a change at `node` may come while the work goes on. */
  function isMeanwhile(node: TSESTree.Node): boolean {
    if (contains(work, node)) return true;
    let at: TSESTree.Node | undefined = node.parent;
    for (; at && !contains(at, work); at = at.parent) {
      if (isFunction(at) && !isForEachCallback(at)) return true;
    }
    if (isAwaited && enclosingFunction(work) === (at && ownerOf(at))) {
      return false;
    }
    return node.range[0] > work.range[0] || isInLoop(at, work);
  }
}

function ownerOf(node: TSESTree.Node): TSESTree.Node | undefined {
  return isFunction(node) ? node : enclosingFunction(node);
}

/** Whether a loop of the same function goes around both. */
function isInLoop(around: TSESTree.Node | undefined, inner: TSESTree.Node) {
  const owner = enclosingFunction(inner);
  for (let at = around; at && at !== owner; at = at.parent) {
    if (!isFunction(at) && bodyOfLoop(at)) return true;
  }
  return false;
}

/** `list.push(…)`, `list[i] = …`, `list.length = …`, `delete list[i]`. */
function isChanged(node: TSESTree.Node): boolean {
  const list = wrapped(node);
  const member = list.parent;
  if (member?.type !== "MemberExpression" || member.object !== list) {
    return false;
  }
  const use = wrapped(member);
  switch (use.parent?.type) {
    case "AssignmentExpression":
      return use.parent.left === use;
    case "CallExpression":
      return (
        use.parent.callee === use && changing.has(memberName(member) ?? "")
      );
    case "UnaryExpression":
      return use.parent.operator === "delete";
    case "UpdateExpression":
      return true;
    default:
      return false;
  }
}

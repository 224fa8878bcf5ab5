import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { bodyOfLoop, loopedBy, type Looped, pushOnto } from "./loops.js";
import { isPickedByName } from "./own-files.js";
import {
  childrenOf,
  contains,
  isFunction,
  memberName,
  wrapped,
} from "./tree.js";
import type { Variable } from "./variables.js";

/** A call of `push` that fills a list. */
export interface Filling {
  readonly pushed: readonly TSESTree.CallExpressionArgument[];
  /** What the loops around it run over, one around the other. */
  readonly loops: readonly Looped[];
  /** Whether a loop around it goes on for as long as something outside does. */
  readonly isPaged: boolean;
  /** Whether it is for those only that go by one name. */
  readonly isPicked: boolean;
}

/** Methods that take out of a list what was put in. */
const taking = new Set(["pop", "shift", "splice"]);

/**
 * The calls that fill a list which begins empty. Undefined where the list is
 * emptied as well, or its length is looked at, so that there may be a bound.
 */
export function fillingsOf(
  variable: Variable,
  { visitorKeys }: TSESLint.SourceCode,
): Filling[] | undefined {
  const declaration = variable.defs[0]?.node;
  if (!declaration) return undefined;
  const fillings: Filling[] = [];
  for (const { identifier, init } of variable.references) {
    if (init) continue;
    if (isLimitedBy(identifier)) return undefined;
    const push = pushOnto(identifier);
    if (push) fillings.push(fillingBy(push, declaration));
  }
  return fillings;

  function fillingBy(
    push: TSESTree.CallExpression,
    declaration: TSESTree.Node,
  ): Filling {
    const loops: Looped[] = [];
    let isPaged = false;
    let isPicked = false;
    for (
      let node: TSESTree.Node = push;
      node.parent && !contains(node.parent, declaration);
      node = node.parent
    ) {
      const around: TSESTree.Node = node.parent;
      if (around.type === "IfStatement" && around.test !== node) {
        isPicked ||= isPickedByName(around.test, visitorKeys);
      }
      const body = bodyOfLoop(around);
      if (!body) continue;
      const looped =
        around.type === "ForOfStatement"
          ? [{ collection: around.right, isObject: false }]
          : loopedBy(around);
      // A function that is no callback of `forEach` may run but once.
      if (looped.length === 0 && isFunction(around)) break;
      loops.push(...looped);
      isPaged ||= isPaging(around, looped) && waits(body);
    }
    return { pushed: push.arguments, loops, isPaged, isPicked };
  }

  function waits(code: TSESTree.Node): boolean {
    if (code.type === "AwaitExpression") return true;
    return !isFunction(code) && [...childrenOf(code, visitorKeys)].some(waits);
  }
}

/** Whether a loop asks for one page after the other until there is none left. */
function isPaging(loop: TSESTree.Node, looped: readonly Looped[]): boolean {
  switch (loop.type) {
    case "DoWhileStatement":
    case "WhileStatement":
      return true;
    case "ForOfStatement":
      return loop.await;
    case "ForStatement":
      return looped.length === 0 && !loop.test;
    default:
      return false;
  }
}

/** Whether `list`, here, is compared by its length, or loses what it holds. */
function isLimitedBy(list: TSESTree.Node): boolean {
  const member = wrapped(list).parent;
  if (member?.type !== "MemberExpression" || member.object !== wrapped(list)) {
    return false;
  }
  const name = memberName(member) ?? "";
  if (taking.has(name)) return true;
  if (name !== "length") return false;
  const { parent } = member;
  if (parent.type === "AssignmentExpression") return parent.left === member;
  return (
    parent.type === "BinaryExpression" &&
    /^[<>]=?$/.test(parent.operator) &&
    ![parent.left, parent.right].some(
      (side) => side.type === "Literal" && Number(side.value) <= 1,
    )
  );
}

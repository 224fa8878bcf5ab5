import type { TSESTree } from "@typescript-eslint/types";
import type { File } from "./file.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  isWrapper,
  unwrap,
} from "./tree.js";
import { constantInit, type Variable } from "./variables.js";

/** Something to work with, such as a connection, that a function has for a while. */
export interface Lent {
  /** The expression whose value it is, or the parameter that takes it. */
  readonly value: TSESTree.Node;
  /** The function that it is lent to. */
  readonly owner: FunctionNode;
  /** The calls in that function by which it is given back. */
  readonly releases: readonly TSESTree.CallExpression[];
}

/**
 * Whether work that a function starts can come by what is lent to the function:
 * it is given it, or what holds it or was made of it, or is a function that
 * closes over it; or the function puts it where others may find it. What was
 * awaited is a result, and needs it no longer.
 */
export function mayUseLent(
  work: TSESTree.CallExpression,
  { value, owner, releases }: Lent,
  { sourceCode, variables }: File,
): boolean {
  const holders = new Set<Variable>();
  let isLaidOpen = false;
  if (owner.params.some((each) => each === value)) hold(value);
  else follow(value);
  // Grows while it is gone through.
  for (const { references } of holders) {
    for (const reference of references) {
      if (reference.isRead()) followMention(reference.identifier);
    }
  }
  return isLaidOpen || isHeldBy(work);

  function isHeldBy(call: TSESTree.CallExpression): boolean {
    return descendantsOf(call, sourceCode.visitorKeys).some((node) => {
      const variable = variables.get(node);
      return variable && holders.has(variable) && !isAwaitedWithin(call, node);
    });
  }

  function isAwaitedWithin(call: TSESTree.Node, node: TSESTree.Node): boolean {
    for (
      let at: TSESTree.Node | undefined = node;
      at && at !== call;
      at = at.parent
    ) {
      if (at.type === "AwaitExpression" && enclosingFunction(at) === owner) {
        return true;
      }
    }
    return false;
  }

  function followMention(name: TSESTree.Node): void {
    // What comes after the work puts nothing in its way.
    if (name.range[0] < work.range[1]) follow(name);
    followClosure(name);
  }

  /** A function that mentions it holds it. */
  function followClosure(name: TSESTree.Node): void {
    const fn = enclosingFunction(name);
    if (!fn || fn === owner || !contains(owner, fn)) return;
    if (fn.type === "FunctionDeclaration") {
      if (fn.id) hold(fn.id);
    } else {
      follow(fn);
    }
    followClosure(fn);
  }

  /** Notes who holds the value of a node, or what is made of it. */
  function follow(from: TSESTree.Node): void {
    const receivers: TSESTree.Node[] = [];
    let node = from;
    for (;;) {
      const { parent }: { parent?: TSESTree.Node | undefined } = node;
      if (!parent) return;
      switch (parent.type) {
        case "CallExpression":
        case "NewExpression": {
          if (releases.some((release) => release === parent)) return;
          const { callee } = parent;
          // Of what is called with a function, little keeps the function.
          if (
            callee !== node &&
            callee.type === "MemberExpression" &&
            !isFunction(node)
          ) {
            receivers.push(callee.object);
          }
          break;
        }
        case "ExpressionStatement":
          // A method whose result nobody wants keeps what it is given.
          for (const receiver of receivers) putInto(receiver);
          return;
        case "VariableDeclarator":
          hold(parent.id);
          return;
        case "AssignmentExpression":
          if (parent.right !== node) return;
          hold(parent.left);
          break;
        case "ForOfStatement":
          if (parent.right !== node || parent.await) return;
          if (parent.left.type !== "VariableDeclaration") hold(parent.left);
          else for (const { id } of parent.left.declarations) hold(id);
          return;
        case "ClassDeclaration":
          if (parent.id) hold(parent.id);
          return;
        case "ConditionalExpression":
          if (parent.test === node) return;
          break;
        case "MemberExpression":
          if (parent.object !== node) return;
          break;
        default:
          if (!isWrapper(parent) && !passesOn.has(parent.type)) return;
      }
      node = parent;
    }
  }

  function hold(target: TSESTree.Node): void {
    switch (target.type) {
      case "Identifier": {
        const variable = variables.get(target);
        if (variable && isOfOwner(variable)) holders.add(variable);
        else isLaidOpen = true;
        break;
      }
      case "AssignmentPattern":
        hold(target.left);
        break;
      case "RestElement":
        hold(target.argument);
        break;
      case "ArrayPattern":
        for (const element of target.elements) if (element) hold(element);
        break;
      case "ObjectPattern":
        for (const each of target.properties) {
          hold(each.type === "Property" ? each.value : each);
        }
        break;
      default:
        putInto(target);
    }
  }

  /** Notes that a member of something, or what it keeps, holds it now. */
  function putInto(target: TSESTree.Node): void {
    let root = unwrap(target);
    while (root.type === "MemberExpression") root = unwrap(root.object);
    const variable = variables.get(root);
    const made = variable && constantInit(variable);
    if (variable && made && isOfOwner(variable) && isNew(unwrap(made))) {
      holders.add(variable);
    } else {
      isLaidOpen = true;
    }
  }

  function isOfOwner({ defs: [definition] }: Variable): boolean {
    return definition !== undefined && contains(owner, definition.name);
  }
}

/** What has the value of one of its parts, or holds it. */
const passesOn: ReadonlySet<string> = new Set([
  "ArrayExpression",
  "ClassBody",
  "ClassExpression",
  "LogicalExpression",
  "MethodDefinition",
  "ObjectExpression",
  "Property",
  "PropertyDefinition",
  "SequenceExpression",
  "SpreadElement",
]);

/** An object that nobody else has yet. */
function isNew({ type }: TSESTree.Node): boolean {
  return (
    type === "ArrayExpression" ||
    type === "NewExpression" ||
    type === "ObjectExpression"
  );
}

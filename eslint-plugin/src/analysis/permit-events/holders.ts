import type { TSESTree } from "@typescript-eslint/types";
import type { Handle } from "../permit-events.js";
import { contains, wrapped } from "../tree.js";
import type { Variable } from "../variables.js";
import { escape, release, type EventSearch } from "./event-search.js";
import { useMember } from "./member-uses.js";
import { useArgument, callAround } from "./argument-uses.js";

/** Records who holds the value of `node` from here on. */
export function bind(
  search: EventSearch,
  node: TSESTree.Node,
  handle: Handle | undefined,
): void {
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case "VariableDeclarator":
      if (parent.init !== value) return;
      // What `using` holds may still be released before its block ends.
      if (parent.parent.kind.endsWith("using")) search.at.set(value, "dispose");
      if (handle) bindTarget(search, parent.id, handle, value);
      return;
    case "AssignmentExpression":
      if (parent.right !== value) return;
      if (parent.operator !== "=" && parent.operator !== "??=") {
        escape(search, value);
      } else if (handle) {
        bindTarget(search, parent.left, handle, value);
        bind(search, parent, handle);
      } else if (parent.left.type !== "Identifier") {
        escape(search, value);
      }
      return;
    case "ConditionalExpression":
      if (parent.test !== value) bind(search, parent, handle);
      return;
    case "LogicalExpression":
      bind(search, parent, handle);
      return;
    case "SequenceExpression":
      if (parent.expressions.at(-1) === value) bind(search, parent, handle);
      return;
    case "MemberExpression":
      if (handle && parent.object === value) useMember(search, parent, handle);
      return;
    case "Property": {
      // `run({ client })` is `run(client)`.
      const call = callAround(parent);
      if (call) useArgument(search, value, call, handle);
      else if (handle) escape(search, value);
      return;
    }
    case "CallExpression":
    case "NewExpression":
      if (parent.callee === value) {
        if (handle?.kind === "releaser") release(search, parent);
      } else {
        useArgument(search, value, parent, handle);
      }
      return;
    case "AwaitExpression":
    case "BinaryExpression":
    case "DoWhileStatement":
    case "ExpressionStatement":
    case "ForStatement":
    case "IfStatement":
    case "SwitchStatement":
    case "TemplateLiteral":
    case "UnaryExpression":
    case "WhileStatement":
      return;
    default:
      // Returned, yielded, thrown, put into an object or an array.
      if (handle) escape(search, value);
  }
}

/** Records that a pattern, or a variable, takes the permit's value. */
export function bindTarget(
  search: EventSearch,
  target: TSESTree.Node,
  handle: Handle,
  value: TSESTree.Node,
): void {
  switch (target.type) {
    case "Identifier":
      hold(search, target, handle, value);
      return;
    case "ObjectPattern":
      for (const property of target.properties) {
        if (property.type !== "Property") {
          escape(search, value);
        } else if (
          handle.kind === "permit" &&
          !property.computed &&
          property.key.type === "Identifier" &&
          handle.release.includes(property.key.name)
        ) {
          bindTarget(search, property.value, { kind: "releaser" }, value);
        }
      }
      return;
    case "ArrayPattern": {
      const element =
        handle.kind === "permit"
          ? target.elements[Number(handle.release[0])]
          : undefined;
      if (element) bindTarget(search, element, { kind: "releaser" }, value);
      return;
    }
    default:
      escape(search, value);
  }
}

function hold(
  search: EventSearch,
  name: TSESTree.Identifier,
  handle: Handle,
  value: TSESTree.Node,
): void {
  const holder = search.variables.get(name);
  if (!holder || !isLocal(search, holder)) escape(search, value);
  else if (!search.handles.has(holder)) {
    search.handles.set(holder, handle);
    search.queue.push(holder);
  }
}

/** Whether a variable lives and dies with one call of the function. */
function isLocal(search: EventSearch, holder: Variable): boolean {
  const [definition] = holder.defs;
  return definition !== undefined && contains(search.owner, definition.name);
}

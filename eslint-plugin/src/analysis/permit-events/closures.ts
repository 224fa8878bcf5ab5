import type { TSESTree } from "@typescript-eslint/types";
import { isHandler, lastLink, nextLink, promiseUse } from "../then-chain.js";
import { type FunctionNode, wrapped } from "../tree.js";
import type { Variable } from "../variables.js";
import {
  closureAround,
  type EventSearch,
  noteClosures,
} from "./event-search.js";

/**
 * A nested function that releases runs here when it is called here by name or
 * on the spot; wherever else its value goes, the duty to release goes along.
 * Returns whether any such function runs here.
 */
export function resolveClosures(search: EventSearch): boolean {
  let runsHere = false;
  for (const closure of search.closures) {
    const helper = helperVariable(search, closure);
    if (helper) {
      for (const reference of helper.references) {
        if (!reference.isRead()) continue;
        const user = closureAround(search, reference.identifier);
        if (user === closure) continue;
        noteClosures(search, reference.identifier);
        // What a closure does in its turn counts where that one is run.
        if (runAt(search, reference.identifier, closure)) {
          if (!user) runsHere = true;
        } else if (!closure.generator && isHandler(reference.identifier)) {
          search.at.set(reference.identifier, closure);
          search.chains.add(lastLink(reference.identifier.parent));
          if (!user) runsHere = true;
        } else search.at.set(reference.identifier, "escape");
      }
    } else if (
      runAt(search, closure, closure) ||
      chainAt(search, closure) ||
      detachedAt(search, closure)
    ) {
      runsHere = true;
    } else {
      if (isErrorFirst(closure)) search.callbacks.add(closure);
      search.at.set(closure, "escape");
    }
  }
  return runsHere;
}

function runAt(
  search: EventSearch,
  callee: TSESTree.Node,
  body: FunctionNode,
): boolean {
  const value = wrapped(callee);
  const { parent } = value;
  if (parent?.type !== "CallExpression" || parent.callee !== value) {
    return false;
  }
  if (body.generator) return false;
  if (body.async && wrapped(parent).parent?.type !== "AwaitExpression") {
    return false;
  }
  search.at.set(parent, body);
  return true;
}

/** `promise.finally(closure)`. */
function chainAt(search: EventSearch, closure: FunctionNode): boolean {
  const value = wrapped(closure);
  if (closure.generator || !isHandler(value)) return false;
  search.chains.add(lastLink(value.parent!));
  return true;
}

/** `(async () => { … })();`, whose promise nobody waits for. */
function detachedAt(search: EventSearch, closure: FunctionNode): boolean {
  const value = wrapped(closure);
  const { parent: call } = value;
  if (call?.type !== "CallExpression" || call.callee !== value) return false;
  if (closure.generator || !closure.async) return false;
  if (nextLink(call)) search.chains.add(lastLink(call));
  else if (promiseUse(call) !== "dropped") return false;
  search.detached.add(call);
  return true;
}

function helperVariable(
  search: EventSearch,
  closure: FunctionNode,
): Variable | undefined {
  if (closure.type === "FunctionDeclaration") {
    return closure.id ? search.variables.get(closure.id) : undefined;
  }
  const { parent } = wrapped(closure);
  return parent?.type === "VariableDeclarator" &&
    parent.id.type === "Identifier" &&
    parent.parent.kind === "const"
    ? search.variables.get(parent.id)
    : undefined;
}

/** A callback that runs once, when all is done: `(error, result) => …`. */
function isErrorFirst(closure: FunctionNode): boolean {
  const { parent } = closure;
  const [first] = closure.params;
  return (
    parent.type === "CallExpression" &&
    parent.arguments.at(-1) === closure &&
    !closure.async &&
    !closure.generator &&
    first?.type === "Identifier" &&
    /^(?:e|err|error)$/.test(first.name)
  );
}

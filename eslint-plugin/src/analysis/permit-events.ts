import type { TSESTree } from "@typescript-eslint/types";
import type { PermitShape } from "../protocols/protocol.js";
import { accessPath, variableKey } from "./access-path.js";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import { isMethodOfReceiver, isReceiverRelease } from "./receiver-release.js";
import {
  calleeName,
  contains,
  descendantsOf,
  type FunctionNode,
  isFunction,
  keyName,
  memberName,
  unwrap,
  wrapped,
} from "./tree.js";
import { isOnlyThen } from "./then-chain.js";
import type { Reference, Variable } from "./variables.js";

/**
 * What happens to one site's permit, and at which node:
 * `release`: it is given back; `escape`: somebody else owns it from here on, so
 * nobody in this function owes a release; a function: the call runs that
 * function's body here.
 */
export type PermitEvent = "release" | "escape" | FunctionNode;

export interface PermitEvents {
  readonly at: ReadonlyMap<TSESTree.Node, PermitEvent>;
  /** The releasing calls written in the function itself, in source order. */
  readonly releases: readonly TSESTree.CallExpression[];
  /** The variable that the permit, or its release function, is bound to. */
  readonly holder: Holder | undefined;
  /**
   * Whether the permit goes to an owner elsewhere: it is returned, stored,
   * passed on, or captured by a function that releases it later.
   */
  readonly escapes: boolean;
  /** Whether a function that is written and run here does the releasing. */
  readonly releasesInHelper: boolean;
  /** The uses by which a permit takes what it stands for, where it waits so long. */
  readonly uses: ReadonlySet<TSESTree.Node>;
  /** The calls of the permit by whose rejection it comes to nothing. */
  readonly emptyHanded: ReadonlySet<TSESTree.Node>;
  /** The conditions, by key, by whose truth nothing is owed any more. */
  readonly endFlags: ReadonlySet<string>;
  /** Callbacks of error-first style that take over the permit, to run once. */
  readonly callbacks: ReadonlySet<FunctionNode>;
  /** Calls of `then` whose function releases if what comes before it fulfils. */
  readonly links: ReadonlyMap<TSESTree.Node, FunctionNode>;
  /** Whether the function neither releases the permit nor lets it escape. */
  readonly neverReleased: boolean;
}

export interface Holder {
  readonly variable: Variable;
  readonly handle: Handle;
}

/**
 * How a variable gives the permit back: it is called, one of its members is,
 * or it is passed to a method of the receiver.
 */
export type Handle =
  | { readonly kind: "releaser" }
  | { readonly kind: "permit"; readonly release: readonly string[] }
  | { readonly kind: "resource"; readonly release: readonly string[] };

/** Functions and methods that keep their argument, or pass it on for good. */
const storingFunctions =
  /^(push|unshift|add|set|append|enqueue|insert|defer|use|adopt|register|track|resolve|callback|cb|done|next)$/i;

/**
 * Finds every event of a site's permit inside the function that acquired it:
 * follows the variables and aliases that hold it, and the closures over them.
 */
export function permitEventsOf(
  site: AcquireSite,
  owner: FunctionNode,
  { sourceCode, variables }: File,
): PermitEvents {
  const at = new Map<TSESTree.Node, PermitEvent>();
  const handles = new Map<Variable, Handle>();
  const queue: Variable[] = [];
  const releases: TSESTree.CallExpression[] = [];
  const closures = new Set<FunctionNode>();
  const lent: TSESTree.Node[] = [];
  const uses = new Set<TSESTree.Node>();
  const emptyHanded = new Set<TSESTree.Node>();
  const endFlags = new Set<string>();
  let heedsEnd = false;
  const callbacks = new Set<FunctionNode>();
  const links = new Map<TSESTree.Node, FunctionNode>();

  const { permit: shape } = site.form;
  const initial = initialHandle(shape);
  if (site.use !== "then") {
    if (site.permit) bind(site.permit, initial);
  } else if (site.permit && initial) {
    bindTarget(site.permit, initial, site.permit);
  }
  const [variable] = queue;
  const handle = variable && handles.get(variable);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const handle = handles.get(next);
    for (const reference of next.references) {
      if (handle && isValueRead(reference)) bind(reference.identifier, handle);
    }
  }
  // Who reads on whatever the flag says has no end in mind.
  if (!heedsEnd) endFlags.clear();
  findReceiverReleases();
  const releasesInHelper = resolveClosures();

  // An argument is only borrowed when this function also gives the permit back.
  const releasesHere = releases.length > 0 || releasesInHelper;
  if (!releasesHere) {
    for (const node of lent) at.set(closureAround(node) ?? node, "escape");
  }

  const escapes = [...at.values()].includes("escape");
  return {
    at,
    escapes,
    releasesInHelper,
    uses,
    emptyHanded,
    endFlags,
    callbacks,
    links,
    releases: releases.sort((a, b) => a.range[0] - b.range[0]),
    holder: variable && handle && { variable, handle },
    neverReleased: !releasesHere && !escapes && endFlags.size === 0,
  };

  /** Records who holds the value of `node` from here on. */
  function bind(node: TSESTree.Node, handle: Handle | undefined): void {
    const value = wrapped(node);
    const { parent } = value;
    switch (parent?.type) {
      case "VariableDeclarator":
        if (parent.init !== value) return;
        // What `using` holds may still be released before its block ends.
        if (parent.parent.kind.endsWith("using")) escape(value);
        if (handle) bindTarget(parent.id, handle, value);
        return;
      case "AssignmentExpression":
        if (parent.right !== value) return;
        if (parent.operator !== "=" && parent.operator !== "??=") {
          escape(value);
        } else if (handle) {
          bindTarget(parent.left, handle, value);
          bind(parent, handle);
        } else if (parent.left.type !== "Identifier") {
          escape(value);
        }
        return;
      case "ConditionalExpression":
        if (parent.test !== value) bind(parent, handle);
        return;
      case "LogicalExpression":
        bind(parent, handle);
        return;
      case "SequenceExpression":
        if (parent.expressions.at(-1) === value) bind(parent, handle);
        return;
      case "MemberExpression":
        if (handle && parent.object === value) useMember(parent, handle);
        return;
      case "Property": {
        // `run({ client })` is `run(client)`.
        const call = callAround(parent);
        if (call) useArgument(value, call, handle);
        else if (handle) escape(value);
        return;
      }
      case "CallExpression":
      case "NewExpression":
        if (parent.callee === value) {
          if (handle?.kind === "releaser") release(parent);
        } else {
          useArgument(value, parent, handle);
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
        if (handle) escape(value);
    }
  }

  function bindTarget(
    target: TSESTree.Node,
    handle: Handle,
    value: TSESTree.Node,
  ): void {
    switch (target.type) {
      case "Identifier":
        hold(target, handle, value);
        return;
      case "ObjectPattern":
        for (const property of target.properties) {
          if (property.type !== "Property") {
            escape(value);
          } else if (
            handle.kind === "permit" &&
            !property.computed &&
            property.key.type === "Identifier" &&
            handle.release.includes(property.key.name)
          ) {
            bindTarget(property.value, { kind: "releaser" }, value);
          }
        }
        return;
      case "ArrayPattern": {
        const element =
          handle.kind === "permit"
            ? target.elements[Number(handle.release[0])]
            : undefined;
        if (element) bindTarget(element, { kind: "releaser" }, value);
        return;
      }
      default:
        escape(value);
    }
  }

  function hold(
    name: TSESTree.Identifier,
    handle: Handle,
    value: TSESTree.Node,
  ): void {
    const holder = variables.get(name);
    if (!holder || !isLocal(holder)) escape(value);
    else if (!handles.has(holder)) {
      handles.set(holder, handle);
      queue.push(holder);
    }
  }

  /** Whether a variable lives and dies with one call of the function. */
  function isLocal(holder: Variable): boolean {
    const [definition] = holder.defs;
    return definition !== undefined && contains(owner, definition.name);
  }

  function useMember(member: TSESTree.MemberExpression, handle: Handle): void {
    if (handle.kind !== "permit") return;
    const disposes =
      member.computed &&
      /^Symbol\.(asyncD|d)ispose$/.test(sourceCode.getText(member.property));
    if (disposes || handle.release.includes(memberName(member) ?? "")) {
      bind(member, { kind: "releaser" });
      return;
    }
    if (shape.kind === "object" && shape.takenByUse) {
      const { except } = shape.takenByUse;
      if (!except.includes(memberName(member) ?? "")) uses.add(member);
    }
    const called = wrapped(member).parent;
    if (called?.type === "CallExpression") noteCall(called, memberName(member));
  }

  /** Notes what the row says of a method of the permit that is called. */
  function noteCall(
    call: TSESTree.CallExpression,
    method: string | undefined,
  ): void {
    if (shape.kind !== "object" || method === undefined) return;
    if (shape.passesOn?.includes(method)) escape(call);
    if (shape.ends?.includes(method)) {
      at.set(call, "release");
      noteClosures(call);
    }
    if (shape.voidIfRejected?.includes(method)) emptyHanded.add(call);
    if (shape.endedBy?.method !== method) return;
    const { parent } = wrapped(call);
    if (parent?.type === "AwaitExpression" && !closureAround(call)) {
      noteEndFlag(wrapped(parent), shape.endedBy.flag);
    }
  }

  /** Notes where the flag of `result` is kept. */
  function noteEndFlag(result: TSESTree.Node, flag: string): void {
    const { parent } = result;
    const target =
      parent?.type === "VariableDeclarator"
        ? parent.id
        : parent?.type === "AssignmentExpression"
          ? parent.left
          : undefined;
    if (target?.type === "ObjectPattern") {
      for (const property of target.properties) {
        if (property.type === "Property" && keyName(property.key) === flag) {
          noteFlagVariable(property.value);
        }
      }
      return;
    }
    const place = target && accessPath(target, variables);
    if (place === undefined) return;
    endFlags.add(`${place}.${flag}`);
    for (const { identifier } of variables.get(target!)?.references ?? []) {
      const { parent } = identifier;
      if (parent.type === "MemberExpression" && memberName(parent) === flag) {
        noteFlagCopy(parent);
      }
    }
  }

  /** Notes a variable that holds a flag, and those it is assigned to. */
  function noteFlagVariable(name: TSESTree.Node): void {
    const flag = variables.get(name);
    if (!flag || endFlags.has(variableKey(flag))) return;
    endFlags.add(variableKey(flag));
    for (const { identifier } of flag.references) noteFlagCopy(identifier);
  }

  /** Notes where else a flag is kept, and whether anybody heeds it. */
  function noteFlagCopy(flag: TSESTree.Node): void {
    const { parent } = flag;
    if (isCondition(flag)) heedsEnd = true;
    if (parent?.type === "AssignmentExpression" && parent.right === flag) {
      noteFlagVariable(parent.left);
    } else if (parent?.type === "VariableDeclarator" && parent.init === flag) {
      noteFlagVariable(parent.id);
    }
  }

  function useArgument(
    value: TSESTree.Node,
    call: TSESTree.CallExpression | TSESTree.NewExpression,
    handle: Handle | undefined,
  ): void {
    if (!handle) return;
    uses.add(value);
    const callee = unwrap(call.callee);
    const name = calleeName(callee);
    if (handle.kind === "resource" && takesBack(callee, handle.release)) {
      release(call);
      return;
    }
    const user = wrapped(call).parent;
    const stores =
      call.type === "NewExpression" ||
      // Work that is let go on its own takes along what it was given.
      (user?.type === "UnaryExpression" && user.operator === "void") ||
      (name !== undefined && storingFunctions.test(name));
    // Who takes the release function takes over the duty to call it.
    if (handle.kind === "releaser" || stores) escape(value);
    else lent.push(value);
  }

  function takesBack(callee: TSESTree.Node, names: readonly string[]): boolean {
    return site.evidence === "use"
      ? names.includes(calleeName(callee) ?? "")
      : isMethodOfReceiver(callee, names, site, variables);
  }

  function escape(value: TSESTree.Node): void {
    at.set(value, "escape");
    noteClosures(value);
  }

  function release(call: TSESTree.Node): void {
    at.set(call, "release");
    noteClosures(call);
    if (call.type === "CallExpression" && !closureAround(call)) {
      releases.push(call);
    }
  }

  /** Only the outermost closure is followed; one inside it may run any time. */
  function noteClosures(node: TSESTree.Node): void {
    const outermost = closureAround(node);
    if (!outermost) return;
    closures.add(outermost);
    for (let up = node.parent; up && up !== outermost; up = up.parent) {
      if (isFunction(up)) at.set(up, "escape");
    }
  }

  /** Releases by the receiver, or by the module, without the permit in hand. */
  function findReceiverReleases(): void {
    const { endsLent = [] } = site.protocol;
    for (const node of descendantsOf(owner.body, sourceCode.visitorKeys)) {
      if (isMethodOfReceiver(node, endsLent, site, variables)) {
        const { parent } = wrapped(node);
        if (parent?.type === "CallExpression") at.set(parent, "release");
      }
      if (!isReceiverRelease(node, site, variables)) continue;
      const value = wrapped(node);
      const { parent } = value;
      if (parent?.type === "CallExpression" && parent.callee === value) {
        release(parent);
      } else if (isFunctionValue(parent)) {
        escape(value);
      }
    }
  }

  /**
   * A nested function that releases runs here when it is called here by name or
   * on the spot; wherever else its value goes, the duty to release goes along.
   * Returns whether any such function runs here.
   */
  function resolveClosures(): boolean {
    let runsHere = false;
    for (const closure of closures) {
      const helper = helperVariable(closure);
      if (helper) {
        for (const reference of helper.references) {
          if (!reference.isRead()) continue;
          const user = closureAround(reference.identifier);
          if (user === closure) continue;
          if (user) closures.add(user);
          // What a closure does in its turn counts where that one is run.
          if (!runAt(reference.identifier, closure)) {
            at.set(reference.identifier, "escape");
          } else if (!user) runsHere = true;
        }
      } else if (runAt(closure, closure) || linkAt(closure)) {
        runsHere = true;
      } else {
        if (isErrorFirst(closure)) callbacks.add(closure);
        at.set(closure, "escape");
      }
    }
    return runsHere;
  }

  function runAt(callee: TSESTree.Node, body: FunctionNode): boolean {
    const value = wrapped(callee);
    const { parent } = value;
    if (parent?.type !== "CallExpression" || parent.callee !== value) {
      return false;
    }
    if (body.generator) return false;
    if (body.async && wrapped(parent).parent?.type !== "AwaitExpression") {
      return false;
    }
    at.set(parent, body);
    return true;
  }

  /** `promise.then(closure)`, of which no link hears that the promise rejects. */
  function linkAt(closure: FunctionNode): boolean {
    const { parent } = wrapped(closure);
    if (parent?.type !== "CallExpression" || closure.generator) return false;
    if (!isOnlyThen(parent, closure)) return false;
    links.set(parent, closure);
    return true;
  }

  function helperVariable(closure: FunctionNode): Variable | undefined {
    if (closure.type === "FunctionDeclaration") {
      return closure.id ? variables.get(closure.id) : undefined;
    }
    const { parent } = wrapped(closure);
    return parent?.type === "VariableDeclarator" &&
      parent.id.type === "Identifier" &&
      parent.parent.kind === "const"
      ? variables.get(parent.id)
      : undefined;
  }

  /** The outermost function below the owner that holds `node`, if any. */
  function closureAround(node: TSESTree.Node): FunctionNode | undefined {
    let outermost: FunctionNode | undefined;
    for (let up = node.parent; up && up !== owner; up = up.parent) {
      if (isFunction(up)) outermost = up;
    }
    return outermost;
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

/** The call that takes, as an argument, the object literal with a property. */
function callAround(
  property: TSESTree.Property,
): TSESTree.CallExpression | undefined {
  if (property.parent.type !== "ObjectExpression") return undefined;
  const literal = wrapped(property.parent);
  const { parent } = literal;
  return parent?.type === "CallExpression" && parent.callee !== literal
    ? parent
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

/** A name in a type, as in `typeof permit`, reads no value. */
function isValueRead(reference: Reference): boolean {
  return (
    reference.isRead() && reference.identifier.parent.type !== "TSTypeQuery"
  );
}

/** A member that is only the object of another is not passed on itself. */
function isFunctionValue(parent: TSESTree.Node | undefined): boolean {
  return parent?.type !== "MemberExpression" || memberName(parent) === "bind";
}

function initialHandle(shape: PermitShape): Handle | undefined {
  switch (shape.kind) {
    case "receiver":
      return undefined;
    case "releaser":
      return { kind: "releaser" };
    case "tuple":
      return { kind: "permit", release: [String(shape.index)] };
    case "object":
      return { kind: "permit", release: shape.release };
    case "argument":
      return { kind: "resource", release: shape.release };
  }
}

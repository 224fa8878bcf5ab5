import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "./access-path.js";
import type { AcquireSite } from "./acquire-sites.js";
import { isUsedAsPromise, returnsPromise } from "./async-calls.js";
import { conditionKey } from "./condition-key.js";
import {
  addAll,
  addJump,
  type Exits,
  isLoop,
  type Loop,
  jumpTarget,
  newExits,
  reroute,
  takeJumps,
} from "./exits.js";
import type { File } from "./file.js";
import type { PermitEvent } from "./permit-events.js";
import { permitGuardsOf } from "./permit-guards.js";
import { shareReceiver } from "./shared-receiver.js";
import {
  addState,
  forget,
  mapStates,
  noStates,
  partition,
  type State,
  type States,
  statesOf,
  stepOn,
  type Trail,
  union,
  withKnown,
} from "./state.js";
import type { KnownPermit, Surroundings } from "./surroundings.js";
import {
  awaitSeverity,
  callSeverity,
  type ThrowSeverity,
} from "./throw-severity.js";
import {
  childrenOf,
  contains,
  enclosingFunction,
  type FunctionNode,
  isCalledAtOnce,
  isFunction,
  isWrapper,
  memberName,
  unwrap,
} from "./tree.js";

/** How a function can be left, and in what states of the permit. */
export interface Outcome {
  /** The last statement ran to its end. */
  readonly end: States;
  readonly returns: States;
  readonly throws: States;
  /** The permit was still held when the same acquire came round again. */
  readonly repeats: States;
  /** The ends of a callback that took over the permit and was to release it. */
  readonly callbackEnds: States;
  /** Whether some path gives the permit back. */
  readonly isReleased: boolean;
  /** The calls made while the permit was held, with how it came to be. */
  readonly heldAt: ReadonlyMap<TSESTree.Node, Trail | undefined>;
  /** The releases that came after a release. */
  readonly secondReleases: ReadonlyMap<TSESTree.Node, Trail | undefined>;
  /** The releases that came, on some path, before any other. */
  readonly neededReleases: ReadonlySet<TSESTree.Node>;
  /** The releases that came after an acquire that failed. */
  readonly vainReleases: ReadonlySet<TSESTree.Node>;
}

/** What to run: a function, for one of the permits that it acquires. */
interface Subject extends KnownPermit {
  readonly owner: FunctionNode;
  readonly surroundings: Surroundings;
  /** Node visits after which the function counts as too tangled. */
  readonly budget: number;
}

/** What came of running a function, and what that cost. */
export interface Interpretation {
  /** Undefined where the work would have exceeded the budget. */
  readonly outcome: Outcome | undefined;
  /** Node visits: for each node that is run, the states it is run in. */
  readonly visits: number;
}

/** The condition key of the value that a non-waiting acquire just returned. */
const acquireResult = "<acquire result>";

/** The condition key that says of a permit that it waits to be used. */
const untaken = "<untaken>";

/** The condition key that says of a function that it has been made. */
function madeMark({ range }: FunctionNode): string {
  return `<made ${range[0]}>`;
}

/**
 * Runs the function that holds an acquire site over sets of states, following
 * that one site's permit along every path, those included on which a call
 * throws. Exceptions, `finally` and jumps are taken from the structure of the
 * code: ESLint's own code paths have no throw edges outside `try`.
 *
 * Cost: the size of the function times the number of different states at a
 * point, which only conditions that are tested more than once can raise.
 */
export function interpret(
  { site, owner, events, surroundings, budget }: Subject,
  file: File,
): Interpretation {
  const {
    sourceCode: { visitorKeys },
    variables,
  } = file;
  const guards = permitGuardsOf(site, owner, events, file);
  const { correlations, enclosing } = surroundings;
  const permitKey = events.holder && variableKey(events.holder.variable);
  // Where the function itself, or a helper that it runs, gives the permit up.
  const endings = [...events.at.keys(), ...events.links.keys()].filter(
    (node) => enclosingFunction(node) === owner,
  );
  const repeats = new Map<string, State>();
  const callbackEnds = new Map<string, State>();
  const heldAt = new Map<TSESTree.Node, Trail | undefined>();
  const secondReleases = new Map<TSESTree.Node, Trail | undefined>();
  const neededReleases = new Set<TSESTree.Node>();
  const vainReleases = new Set<TSESTree.Node>();
  const running: FunctionNode[] = [owner];
  const isReceiverShape = site.form.permit.kind === "receiver";
  const isTakenByUse =
    site.form.permit.kind === "object" &&
    site.form.permit.takenByUse !== undefined;
  let visits = 0;
  let isReleased = false;
  /** How many `finally` blocks are running. */
  let cleaningUp = 0;

  class OverBudget extends Error {}

  try {
    const exits = newExits();
    const start: State = {
      permit: site.use === "then" ? "held" : "none",
      known: enclosing,
      trail: stepOn(undefined, { node: site.call, step: "acquired" }),
    };
    const end = runBody(owner, statesOf([start]), exits);
    const { returns, throws } = exits;
    const outcome = {
      end,
      returns,
      throws,
      repeats,
      callbackEnds,
      isReleased,
      heldAt,
      secondReleases,
      neededReleases,
      vainReleases,
    };
    return { outcome, visits };
  } catch (error) {
    if (error instanceof OverBudget) return { outcome: undefined, visits };
    throw error;
  }

  function runBody(fn: FunctionNode, entry: States, exits: Exits): States {
    let states = entry;
    for (const param of fn.params) states = evaluate(param, states, exits);
    if (fn.body.type === "BlockStatement") {
      return execute(fn.body, states, exits);
    }
    const value = evaluate(fn.body, states, exits);
    addAll(exits.returns, step(value, fn.body, "leaves"));
    return noStates;
  }

  /** Runs one statement; what comes out are the states in which it completes. */
  function execute(
    node: TSESTree.Statement | TSESTree.VariableDeclaration,
    states: States,
    exits: Exits,
  ): States {
    if (states.size === 0) return noStates;
    spend(states);
    switch (node.type) {
      case "BlockStatement":
        return executeAll(node.body, states, exits);
      case "BreakStatement":
      case "ContinueStatement": {
        const target = jumpTarget(node);
        const jumps =
          node.type === "BreakStatement" ? exits.breaks : exits.continues;
        if (target) addJump(jumps, target, states);
        return noStates;
      }
      case "DoWhileStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "ForStatement":
      case "WhileStatement":
        return executeLoop(node, states, exits);
      case "ExpressionStatement":
        return mapStates(evaluate(node.expression, states, exits), (state) =>
          forget(state, acquireResult),
        );
      case "FunctionDeclaration":
        return states;
      case "IfStatement": {
        const { whenTrue, whenFalse } = test(node.test, states, exits);
        return union(
          execute(node.consequent, whenTrue, exits),
          node.alternate
            ? execute(node.alternate, whenFalse, exits)
            : whenFalse,
        );
      }
      case "LabeledStatement": {
        const end = execute(node.body, states, exits);
        return union(end, takeJumps(exits.breaks, node));
      }
      case "ReturnStatement": {
        const value = node.argument
          ? evaluateReturned(node.argument, states, exits)
          : states;
        addAll(exits.returns, step(value, node, "leaves"));
        return noStates;
      }
      case "SwitchStatement":
        return executeSwitch(node, states, exits);
      case "ThrowStatement": {
        const value = evaluate(node.argument, states, exits);
        addAll(exits.throws, step(value, node, "throws", "thrown"));
        return noStates;
      }
      case "TryStatement":
        return executeTry(node, states, exits);
      case "VariableDeclaration":
        return node.declarations.reduce(
          (reached, each) => declare(each, reached, exits),
          states,
        );
      default:
        return isTypeOnly(node)
          ? states
          : evaluateChildren(node, states, exits);
    }
  }

  function executeAll(
    statements: readonly TSESTree.Statement[],
    states: States,
    exits: Exits,
  ): States {
    return statements.reduce(
      (reached, statement) => execute(statement, reached, exits),
      states,
    );
  }

  function executeLoop(node: Loop, states: States, exits: Exits): States {
    const seen = new Set<string>();
    const after = new Map<string, State>();
    let round = enterLoop(node, states, exits);
    if (node.type === "DoWhileStatement") round = runRound(node, round, exits);
    while (round.size > 0) {
      const fresh = new Map([...round].filter(([key]) => !seen.has(key)));
      for (const key of fresh.keys()) seen.add(key);
      const { whenTrue, whenFalse } = testLoop(node, fresh, exits);
      addAll(after, whenFalse);
      round = runRound(node, whenTrue, exits);
    }
    addAll(after, takeJumps(exits.breaks, node));
    return after;
  }

  /** Runs a loop's body once, up to where the loop tests again. */
  function runRound(node: Loop, states: States, exits: Exits): States {
    const end = execute(node.body, states, exits);
    const next = union(end, takeJumps(exits.continues, node));
    return node.type === "ForStatement" && node.update
      ? evaluate(node.update, next, exits)
      : next;
  }

  function enterLoop(node: Loop, states: States, exits: Exits): States {
    switch (node.type) {
      case "ForInStatement":
      case "ForOfStatement":
        return evaluate(node.right, states, exits);
      case "ForStatement":
        if (!node.init) return states;
        return node.init.type === "VariableDeclaration"
          ? execute(node.init, states, exits)
          : evaluate(node.init, states, exits);
      default:
        return states;
    }
  }

  function testLoop(node: Loop, states: States, exits: Exits): Branches {
    switch (node.type) {
      case "ForInStatement":
        return {
          whenTrue: assignPattern(node.left, states, exits),
          whenFalse: states,
        };
      case "ForOfStatement":
        if (node.await) mayThrow(node, states, "awaited", exits);
        return {
          whenTrue: assignPattern(node.left, states, exits),
          whenFalse: states,
        };
      default:
        return node.test
          ? test(node.test, states, exits)
          : { whenTrue: states, whenFalse: noStates };
    }
  }

  function executeSwitch(
    node: TSESTree.SwitchStatement,
    states: States,
    exits: Exits,
  ): States {
    let unmatched = evaluate(node.discriminant, states, exits);
    const entries = new Map<TSESTree.SwitchCase, States>();
    for (const each of node.cases) {
      if (!each.test) continue;
      unmatched = evaluate(each.test, unmatched, exits);
      entries.set(each, unmatched);
    }
    const fallback = node.cases.find((each) => !each.test);
    if (fallback) entries.set(fallback, unmatched);
    let running = fallback ? noStates : unmatched;
    let through = noStates;
    for (const each of node.cases) {
      const entry = union(through, entries.get(each) ?? noStates);
      through = executeAll(each.consequent, entry, exits);
    }
    running = union(running, through);
    return union(running, takeJumps(exits.breaks, node));
  }

  function executeTry(
    node: TSESTree.TryStatement,
    states: States,
    exits: Exits,
  ): States {
    const { handler, finalizer } = node;
    const inner = newExits();
    let end = execute(node.block, states, inner);
    if (handler) {
      const thrown = statesOf(inner.throws.values());
      inner.throws.clear();
      let caught = step(thrown, handler, "caught");
      if (handler.param) caught = assignPattern(handler.param, caught, inner);
      end = union(end, execute(handler.body, caught, inner));
    }
    if (!finalizer) {
      reroute(inner, exits, (each) => each);
      return end;
    }
    reroute(inner, exits, (each) => {
      const [returning, others] = partition(each, "returning");
      const own = newExits();
      const suspended = become("suspended", returning, "returning");
      const completed = cleanUp(finalizer, suspended, own);
      // What cuts a return short takes back what it was to hand over.
      reroute(own, exits, (cut) => become("held", cut, "suspended"));
      return union(
        cleanUp(finalizer, others, exits),
        become("returning", completed, "suspended"),
      );
    });
    return cleanUp(finalizer, end, exits);
  }

  function cleanUp(
    finalizer: TSESTree.BlockStatement,
    states: States,
    exits: Exits,
  ): States {
    cleaningUp++;
    const completed = execute(finalizer, states, exits);
    cleaningUp--;
    return completed;
  }

  /** Evaluates a returned value: what it hands over goes when it arrives. */
  function evaluateReturned(
    argument: TSESTree.Expression,
    states: States,
    exits: Exits,
  ): States {
    return union(
      ...[...states.values()].map((state) => {
        const value = evaluate(argument, statesOf([state]), exits);
        return isOwed(state) ? become("returning", value, "escaped") : value;
      }),
    );
  }

  function become(
    permit: State["permit"],
    states: States,
    from: State["permit"],
  ): States {
    return mapStates(states, (state) =>
      state.permit === from ? { ...state, permit } : state,
    );
  }

  function declare(
    node: TSESTree.VariableDeclarator,
    states: States,
    exits: Exits,
  ): States {
    if (!node.init) {
      const key = conditionKey(node.id, variables);
      const declared = assignPattern(node.id, states, exits);
      return key !== undefined && isTracked(key)
        ? mapStates(declared, (state) => know(state, key, false))
        : declared;
    }
    return bindValue(node.id, node.init, states, exits);
  }

  /**
   * Evaluates a value and binds it. What a place that is tested later holds is
   * told apart by the branch it came from, and by what a condition came to.
   */
  function bindValue(
    target: TSESTree.Node,
    value: TSESTree.Expression,
    states: States,
    exits: Exits,
  ): States {
    const key = conditionKey(target, variables);
    const node = unwrap(value) as TSESTree.Expression;
    if (key === undefined || !isTracked(key) || events.at.has(node)) {
      return assign(target, value, evaluate(value, states, exits), exits);
    }
    switch (node.type) {
      case "ConditionalExpression": {
        const { whenTrue, whenFalse } = test(node.test, states, exits);
        return union(
          bindValue(target, node.consequent, whenTrue, exits),
          bindValue(target, node.alternate, whenFalse, exits),
        );
      }
      case "LogicalExpression": {
        const { whenTrue, whenFalse } = test(node.left, states, exits);
        const isKept = node.operator !== "&&";
        const kept = assign(
          target,
          node.left,
          isKept ? whenTrue : whenFalse,
          exits,
        );
        return union(
          mapStates(kept, (state) => know(state, key, isKept)),
          bindValue(target, node.right, isKept ? whenFalse : whenTrue, exits),
        );
      }
      case "BinaryExpression": {
        const { whenTrue, whenFalse } = test(node, states, exits);
        const bound = (truth: boolean, reached: States) =>
          mapStates(assign(target, node, reached, exits), (state) =>
            know(state, key, truth),
          );
        return union(bound(true, whenTrue), bound(false, whenFalse));
      }
      default:
        return assign(target, value, evaluate(value, states, exits), exits);
    }
  }

  /** Evaluates an expression; what comes out are the states once it has a value. */
  function evaluate(node: TSESTree.Node, states: States, exits: Exits): States {
    if (states.size === 0) return noStates;
    spend(states);
    if (isFunction(node)) {
      if (events.callbacks.has(node)) runCallback(node, states);
      return settle(node, letChange(node, states), exits);
    }
    switch (node.type) {
      case "AssignmentExpression":
        return evaluateAssignment(node, states, exits);
      case "AwaitExpression": {
        const value = evaluate(node.argument, states, exits);
        if (node === site.permit) return acquire(node, value, exits);
        if (!runsHere(node.argument) && !isCalm(node)) {
          const severity = waitsForLock(node)
            ? "unlikely"
            : awaitSeverity(node.argument, visitorKeys, variables);
          mayThrow(node, leftBy(node.argument, value), severity, exits);
        }
        return settle(node, afterAnother(node, value), exits);
      }
      case "CallExpression":
      case "NewExpression":
        return evaluateCall(node, states, exits);
      case "ConditionalExpression": {
        const { whenTrue, whenFalse } = test(node.test, states, exits);
        const value = union(
          evaluate(node.consequent, whenTrue, exits),
          evaluate(node.alternate, whenFalse, exits),
        );
        return settle(node, value, exits);
      }
      case "LogicalExpression": {
        const { whenTrue, whenFalse } = evaluateLogical(node, states, exits);
        return settle(node, union(whenTrue, whenFalse), exits);
      }
      case "TaggedTemplateExpression": {
        const value = evaluateChildren(node, states, exits);
        mayThrow(node, value, "call", exits);
        return value;
      }
      case "YieldExpression": {
        const value = node.argument
          ? evaluate(node.argument, states, exits)
          : states;
        // The consumer may end a generator at its yield, or throw into it.
        addAll(exits.returns, step(value, node, "leaves"));
        mayThrow(node, value, "call", exits);
        return value;
      }
      default:
        if (isTypeOnly(node)) return states;
        return settle(node, evaluateChildren(node, states, exits), exits);
    }
  }

  function evaluateChildren(
    node: TSESTree.Node,
    states: States,
    exits: Exits,
  ): States {
    let reached = states;
    for (const child of childrenOf(node, visitorKeys)) {
      reached = evaluate(child, reached, exits);
    }
    return reached;
  }

  function evaluateCall(
    node: TSESTree.CallExpression | TSESTree.NewExpression,
    states: States,
    exits: Exits,
  ): States {
    let reached = evaluate(node.callee, states, exits);
    for (const argument of node.arguments) {
      reached = evaluate(argument, reached, exits);
    }
    if (node === site.call) {
      return node === site.permit ? acquire(node, reached, exits) : reached;
    }
    for (const { permit, trail } of reached.values()) {
      if (permit === "held" && !heldAt.has(node)) heldAt.set(node, trail);
    }
    if (endsProcess(node)) return noStates;
    const event = events.at.get(node);
    // Giving a permit back is taken not to fail: there is nothing left to do.
    if (event !== undefined) return settle(node, reached, exits);
    const other = eventOfOthers(node);
    if (other === "release") return reached;
    if (isOtherTry(node)) return afterAnother(node, reached);
    const called = typeof other === "object" ? other : functionCalled(node);
    if (called) return runHere(called, reached, exits);
    const link = events.links.get(node);
    if (link) {
      mayThrow(node, reached, "awaited", exits);
      return runHere(link, reached, exits);
    }
    if (node.parent.type !== "AwaitExpression") {
      // What an async function throws comes with its promise.
      const severity =
        returnsPromise(node, variables) || isUsedAsPromise(node)
          ? "unlikely"
          : callSeverity(node, visitorKeys);
      mayThrow(node, leftBy(node, reached), severity, exits);
    }
    return reached;
  }

  function evaluateAssignment(
    node: TSESTree.AssignmentExpression,
    states: States,
    exits: Exits,
  ): States {
    let reached = states;
    if (node.left.type === "MemberExpression") {
      reached = evaluateChildren(node.left, reached, exits);
    }
    if (node.operator === "=") {
      const bound = bindValue(node.left, node.right, reached, exits);
      return settle(node, bound, exits);
    }
    const value = evaluate(node.right, reached, exits);
    // `a ??= b` may leave out its right side.
    const skipped = /^(\|\||&&|\?\?)=$/.test(node.operator)
      ? reached
      : noStates;
    return settle(
      node,
      union(assign(node.left, node.right, value, exits), skipped),
      exits,
    );
  }

  /** Binds a value to its target and keeps what that tells about conditions. */
  function assign(
    target: TSESTree.Node,
    value: TSESTree.Node,
    states: States,
    exits: Exits,
  ): States {
    const bound = assignPattern(target, states, exits);
    const isPattern =
      target.type === "ArrayPattern" || target.type === "ObjectPattern";
    const key =
      isPattern && isHandle(value)
        ? permitKey
        : conditionKey(target, variables);
    const isKept = key !== undefined && isTracked(key);
    const truth = isKept ? truthOf(value) : undefined;
    return mapStates(bound, (state) => {
      const result = state.known.get(acquireResult);
      const settled = forget(state, acquireResult);
      const held = result ?? (isReceiverShape ? undefined : true);
      const known = isHandle(value) ? held : truth;
      return isKept && known !== undefined
        ? know(settled, key, known)
        : settled;
    });
  }

  /** Forgets what was known of the variables and places that are written. */
  function assignPattern(
    target: TSESTree.Node,
    states: States,
    exits: Exits,
  ): States {
    switch (target.type) {
      case "VariableDeclaration":
        return target.declarations.reduce(
          (reached, each) => assignPattern(each.id, reached, exits),
          states,
        );
      case "Identifier":
      case "MemberExpression": {
        const variable = variables.get(target);
        const place = variable
          ? variableKey(variable)
          : accessPath(target, variables);
        return place === undefined
          ? states
          : mapStates(states, (state) => forget(state, place));
      }
      case "AssignmentPattern":
        return union(
          assignPattern(target.left, states, exits),
          evaluate(target.right, states, exits),
        );
      case "Property":
        return assignPattern(target.value, states, exits);
      case "RestElement":
        return assignPattern(target.argument, states, exits);
      case "ArrayPattern":
      case "ObjectPattern": {
        let reached = states;
        for (const child of childrenOf(target, visitorKeys)) {
          if (!isTypeOnly(child))
            reached = assignPattern(child, reached, exits);
        }
        return reached;
      }
      default:
        return states;
    }
  }

  interface Branches {
    readonly whenTrue: States;
    readonly whenFalse: States;
  }

  /** Evaluates a condition and splits the states by its outcome. */
  function test(
    condition: TSESTree.Node,
    states: States,
    exits: Exits,
  ): Branches {
    const node = unwrap(condition);
    switch (node.type) {
      case "UnaryExpression":
        if (node.operator === "!") {
          const inner = test(node.argument, states, exits);
          return { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
        }
        break;
      case "LogicalExpression":
        if (node.operator !== "??") return evaluateLogical(node, states, exits);
        break;
      case "BinaryExpression": {
        const compared = nullComparison(node);
        if (compared) {
          const inner = test(compared.operand, states, exits);
          return compared.isEqual
            ? { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue }
            : inner;
        }
        if (comparesPermit(node)) {
          return splitByDifference(node, evaluate(node, states, exits));
        }
        break;
      }
      case "AssignmentExpression": {
        const value = evaluate(node, states, exits);
        return split(conditionKey(node.left, variables), value);
      }
    }
    const value = evaluate(node, states, exits);
    const told = guards.get(node);
    if (told !== undefined) return splitByGuard(told, value);
    const truth = isPermit(node) ? undefined : truthOf(node);
    if (truth !== undefined) {
      return truth
        ? { whenTrue: value, whenFalse: noStates }
        : { whenTrue: noStates, whenFalse: value };
    }
    if (isPermit(node)) {
      const outcomes = split(acquireResult, value);
      return site.form.mayFail || isReceiverShape
        ? outcomes
        : { whenTrue: value, whenFalse: noStates };
    }
    return split(conditionKey(node, variables), value);
  }

  function evaluateLogical(
    node: TSESTree.LogicalExpression,
    states: States,
    exits: Exits,
  ): Branches {
    const left = test(node.left, states, exits);
    switch (node.operator) {
      case "&&": {
        const right = test(node.right, left.whenTrue, exits);
        return {
          whenTrue: right.whenTrue,
          whenFalse: union(left.whenFalse, right.whenFalse),
        };
      }
      case "||": {
        const right = test(node.right, left.whenFalse, exits);
        return {
          whenTrue: union(left.whenTrue, right.whenTrue),
          whenFalse: right.whenFalse,
        };
      }
      case "??": {
        const right = evaluate(node.right, left.whenFalse, exits);
        return {
          whenTrue: union(left.whenTrue, right),
          whenFalse: union(left.whenFalse, right),
        };
      }
    }
  }

  /** Splits states by a condition whose outcome is known in some of them. */
  function split(key: string | undefined, states: States): Branches {
    if (key !== undefined && endsPermit(key)) {
      const ended = become("none", states, "held");
      return isTracked(key)
        ? {
            whenTrue: splitByKey(key, ended).whenTrue,
            whenFalse: splitByKey(key, states).whenFalse,
          }
        : { whenTrue: ended, whenFalse: states };
    }
    if (key === undefined || (key !== acquireResult && !isTracked(key))) {
      return { whenTrue: states, whenFalse: states };
    }
    return splitByKey(key, states);
  }

  /** Whether nothing is owed where a condition holds: who aborts, ends as well. */
  function endsPermit(key: string): boolean {
    const { endFlags } = events;
    return endFlags.has(key) || (endFlags.size > 0 && key.endsWith(".aborted"));
  }

  function splitByKey(key: string, states: States): Branches {
    const branch = (truth: boolean) =>
      mapStates(states, (state) =>
        state.known.get(key) === !truth ? undefined : know(state, key, truth),
      );
    return { whenTrue: branch(true), whenFalse: branch(false) };
  }

  /** Compares a permit with null or undefined, which tells whether it is held. */
  function nullComparison(
    node: TSESTree.BinaryExpression,
  ): { operand: TSESTree.Node; isEqual: boolean } | undefined {
    if (!/^[!=]==?$/.test(node.operator)) return undefined;
    const isEqual = node.operator.startsWith("=");
    for (const [operand, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const) {
      if (!isNullish(other)) continue;
      const key = conditionKey(operand, variables);
      const isThePermit = isPermit(operand) || (key && key === permitKey);
      if (isThePermit) return { operand, isEqual };
    }
    return undefined;
  }

  /**
   * Whether a permit, or its `typeof`, is compared with what no permit is: a
   * literal, or another place, since it has only just come to be.
   */
  function comparesPermit(node: TSESTree.BinaryExpression): boolean {
    if (!/^[!=]==?$/.test(node.operator) || permitKey === undefined) {
      return false;
    }
    const sides = [node.left, node.right].map(unwrap);
    if (sides.some((side) => side.type === "Literal")) {
      return sides.some((side) => {
        if (conditionKey(side, variables) === permitKey) return true;
        const isTypeof =
          side.type === "UnaryExpression" && side.operator === "typeof";
        return (
          isTypeof &&
          conditionKey(side.argument, variables) === permitKey &&
          sides.some(
            (other) =>
              other.type === "Literal" &&
              other.value !== "object" &&
              other.value !== "function",
          )
        );
      });
    }
    const keys = sides.map((side) => accessPath(side, variables));
    return (
      keys.includes(permitKey) &&
      keys.every((key) => key !== undefined) &&
      keys[0] !== keys[1]
    );
  }

  function splitByDifference(
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

  /** Splits states by what a held permit, asked itself, is known to say. */
  function splitByGuard(whenHeld: boolean, states: States): Branches {
    const branch = (truth: boolean) =>
      mapStates(states, (state) => {
        const isFitting = isOwed(state)
          ? truth === whenHeld
          : state.permit !== "released" || truth !== whenHeld;
        return isFitting ? state : undefined;
      });
    return { whenTrue: branch(true), whenFalse: branch(false) };
  }

  /** From here on a function may run, at any time, that changes what was known. */
  function letChange(fn: FunctionNode, states: States): States {
    const places = correlations.changedBy.get(fn);
    if (!places) return states;
    return mapStates(states, (state) =>
      withKnown(
        [...places]
          .filter((place) => place !== permitKey)
          .reduce(forget, state),
        madeMark(fn),
        true,
      ),
    );
  }

  /** Notes the outcome of a condition, unless it may change at any time. */
  function know(state: State, key: string, truth: boolean): State {
    for (const [fn, places] of correlations.changedBy) {
      if (!state.known.has(madeMark(fn)) || key === permitKey) continue;
      if ([...places].some((place) => key.includes(place))) return state;
    }
    return withKnown(state, key, truth);
  }

  function isTracked(key: string): boolean {
    return (
      correlations.conditions.has(key) ||
      enclosing.has(key) ||
      key === permitKey
    );
  }

  function acquire(node: TSESTree.Node, states: States, exits: Exits): States {
    const failed = mapStates(states, (state) =>
      state.permit === "escaped" ? state : { ...state, permit: "failed" },
    );
    if (!isSureToCome(site)) addAll(exits.throws, failed);
    const acquired = mapStates(states, (state) => {
      if (state.permit === "escaped") return state;
      if (gathersPermits()) return { ...state, permit: "escaped" };
      if (state.permit === "held") {
        if (!endsInItsLoop() && !events.neverReleased) {
          return { ...state, permit: "escaped" };
        }
        addState(repeats, {
          ...state,
          trail: stepOn(state.trail, { node, step: "repeats" }),
        });
      }
      const taken: State = {
        ...state,
        permit: "held",
        trail: stepOn(undefined, { node: site.call, step: "acquired" }),
      };
      const held = isTakenByUse
        ? withKnown({ ...taken, permit: "none" }, untaken, true)
        : taken;
      return site.form.mayFail
        ? [
            withKnown(held, acquireResult, true),
            withKnown({ ...state, permit: "failed" }, acquireResult, false),
          ]
        : held;
    });
    return settle(node, acquired, exits);
  }

  /** Whether the innermost loop around the acquire also gives the permit up. */
  function endsInItsLoop(): boolean {
    const loop = loopAround(site.call);
    return loop !== undefined && endings.some((node) => contains(loop, node));
  }

  /** Whether one loop gathers permits, which are not counted, for another. */
  function gathersPermits(): boolean {
    return (
      loopAround(site.call) !== undefined &&
      !endsInItsLoop() &&
      endings.some((node) => {
        const loop = loopAround(node);
        return loop !== undefined && !contains(loop, site.call);
      })
    );
  }

  function loopAround(node: TSESTree.Node): TSESTree.Node | undefined {
    let at: TSESTree.Node | undefined = node;
    while (at && at !== owner && !(isLoop(at) && !asks(at, node))) {
      at = at.parent;
    }
    return at === owner ? undefined : at;
  }

  /** Applies what happens to the permit at this node, if anything does. */
  function settle(node: TSESTree.Node, before: States, exits: Exits): States {
    const states =
      isTakenByUse && events.uses.has(node)
        ? mapStates(before, takeUntaken)
        : before;
    const event = events.at.get(node);
    switch (event) {
      case undefined:
        return states;
      case "release":
        return mapStates(states, (state) => release(node, state));
      case "escape":
        return mapStates(states, (state) => ({ ...state, permit: "escaped" }));
      default:
        return runHere(event, states, exits);
    }
  }

  function takeUntaken(state: State): State {
    return state.known.get(untaken) === true
      ? { ...forget(state, untaken), permit: "held" }
      : state;
  }

  function release(node: TSESTree.Node, state: State): State {
    const isAbsent =
      permitKey !== undefined && state.known.get(permitKey) === false;
    // `release?.()` does nothing where there is nothing to release.
    if (isAbsent && isOptional(node)) return state;
    if (state.permit !== "released") neededReleases.add(node);
    switch (state.permit) {
      case "held":
      case "returning":
      case "suspended":
        isReleased = true;
        return {
          ...state,
          permit: "released",
          trail: stepOn(state.trail, { node, step: "released" }),
        };
      case "released":
        if (!secondReleases.has(node)) secondReleases.set(node, state.trail);
        return state;
      case "failed":
        vainReleases.add(node);
        return state;
      default:
        return state;
    }
  }

  function runHere(fn: FunctionNode, states: States, exits: Exits): States {
    if (running.includes(fn)) return states;
    running.push(fn);
    const inner = newExits();
    const end = runBody(fn, states, inner);
    running.pop();
    addAll(exits.throws, inner.throws);
    return union(end, become("escaped", inner.returns, "returning"));
  }

  /** Runs a callback that takes over the permit, apart from what called it. */
  function runCallback(fn: FunctionNode, states: States): void {
    if (running.includes(fn)) return;
    running.push(fn);
    const inner = newExits();
    addAll(callbackEnds, runBody(fn, states, inner));
    addAll(callbackEnds, statesOf(inner.returns.values()));
    running.pop();
  }

  /** The states that a call leaves behind where it throws or rejects. */
  function leftBy(node: TSESTree.Node, states: States): States {
    return events.emptyHanded.has(unwrap(node))
      ? become("none", states, "held")
      : states;
  }

  function runsHere(argument: TSESTree.Node): boolean {
    const call = unwrap(argument);
    if (call.type !== "CallExpression") return false;
    const event = events.at.get(call) ?? eventOfOthers(call);
    return typeof event === "object" || functionCalled(call) !== undefined;
  }

  function eventOfOthers(node: TSESTree.Node): PermitEvent | undefined {
    return surroundings.events.get(node);
  }

  /** The other acquire whose permit is the value of a node. */
  function otherSite(node: TSESTree.Node): AcquireSite | undefined {
    const other = surroundings.sites.get(node);
    return other === site ? undefined : other;
  }

  /** Whether a call takes another permit if there is one, and else says so. */
  function isOtherTry(node: TSESTree.Node): boolean {
    return otherSite(node)?.form.ready === "now";
  }

  /** After another acquire of the same semaphore a release gives that back. */
  function afterAnother(node: TSESTree.Node, states: States): States {
    const other = otherSite(node);
    return other && shareReceiver(other, site, variables)
      ? become("none", become("none", states, "failed"), "released")
      : states;
  }

  /** Whether an `await` waits for another permit that is sure to come. */
  function isCalm(node: TSESTree.Node): boolean {
    const other = otherSite(node);
    return other !== undefined && isSureToCome(other);
  }

  /**
   * Whether an `await` waits for another lock of which nothing is known but its
   * use: a home-made one, which hardly rejects.
   */
  function waitsForLock(node: TSESTree.Node): boolean {
    const other = otherSite(node);
    return (
      other?.evidence === "use" &&
      other.form.permit.kind !== "object" &&
      other.form.permit.kind !== "argument"
    );
  }

  function mayThrow(
    node: TSESTree.Node,
    states: States,
    severity: ThrowSeverity,
    exits: Exits,
  ): void {
    addAll(exits.throws, step(states, node, "throws", severity));
  }

  function step(
    states: States,
    node: TSESTree.Node,
    kind: Trail["step"],
    severity?: ThrowSeverity,
  ): States {
    const made = {
      node,
      step: kind,
      ...(severity && { severity }),
      isCleanUp: cleaningUp > 0,
    };
    return mapStates(states, (state) =>
      isOwed(state) ? { ...state, trail: stepOn(state.trail, made) } : state,
    );
  }

  /** Whether a value is the permit, or its member that gives it back. */
  function isHandle(node: TSESTree.Node): boolean {
    const value = unwrap(node);
    return (
      isPermit(value) ||
      (value.type === "MemberExpression" &&
        isPermit(value.object) &&
        events.holder?.handle.kind === "releaser")
    );
  }

  function isPermit(node: TSESTree.Node): boolean {
    return unwrap(node) === site.permit;
  }

  function spend(states: States): void {
    visits += states.size;
    if (visits > budget) throw new OverBudget();
  }
}

/** The function that `(() => { … })()` runs to its end before it goes on. */
function functionCalled({
  callee,
}: TSESTree.CallExpression | TSESTree.NewExpression): FunctionNode | undefined {
  const fn = unwrap(callee);
  return isFunction(fn) && isCalledAtOnce(fn) ? fn : undefined;
}

/** `while (!sem.tryAcquire()) { … }` goes on until there is a permit. */
function asks(loop: Loop, acquire: TSESTree.Node): boolean {
  return (
    loop.type === "WhileStatement" &&
    loop.test.type === "UnaryExpression" &&
    contains(loop.test, acquire)
  );
}

/** Whether the function has the permit, whatever it is about to do with it. */
function isOwed({ permit }: State): boolean {
  return permit === "held" || permit === "returning" || permit === "suspended";
}

/** Whether an acquire throws nothing: where it can't be had, its result says so. */
function isSureToCome({ call, form }: AcquireSite): boolean {
  const saysNo = form.ready === "now" && form.mayFail === true;
  return (form.neverRejects === true || saysNo) && call.arguments.length === 0;
}

/** Whether a value is always truthy or always falsy, as written. */
function truthOf(node: TSESTree.Node): boolean | undefined {
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

/** `release?.()`, `permit?.release()`. */
function isOptional(node: TSESTree.Node): boolean {
  return (
    node.type === "CallExpression" &&
    (node.optional ||
      (node.callee.type === "MemberExpression" && node.callee.optional))
  );
}

function isNullish(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return (
    (value.type === "Literal" && value.raw === "null") ||
    (value.type === "Identifier" && value.name === "undefined")
  );
}

function endsProcess(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): boolean {
  const { callee } = node;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "process" &&
    /^(exit|abort)$/.test(memberName(callee) ?? "")
  );
}

function isTypeOnly(node: TSESTree.Node): boolean {
  return node.type.startsWith("TS") && !isWrapper(node);
}

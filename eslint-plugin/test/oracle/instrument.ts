import type { TSESTree } from "@typescript-eslint/types";
import type { TSESLint } from "@typescript-eslint/utils";
import { entryPointOf } from "./entry-point.js";
import { type HandOver, handOverOf } from "./hand-over.js";
import { type Parameter, parametersOf } from "./parameters.js";
import { childrenOf, isLink, unwrapChain } from "./syntax.js";

/** A call that hands out a permit. */
export interface Site extends HandOver {
  readonly line: number;
  /** Counted from 0, as the parser does. */
  readonly column: number;
  readonly text: string;
  /** Whether the acquire is in a loop that never releases in its rounds. */
  readonly gathers: boolean;
  /** What may come of it, in words. */
  readonly outcomes: readonly string[];
}

/** A call or an await that the program leaves open. */
export interface OpenPoint {
  readonly text: string;
  /** The last name of what is called; empty where something is awaited. */
  readonly name: string;
  readonly line: number;
  readonly isAwaited: boolean;
  /** Whether it returns a promise, to which the program adds links. */
  readonly isChained: boolean;
  /** Whether it calls its last argument back, once, with an error or without. */
  readonly callsBack: boolean;
  /** Whether it is a question, answered by true or false. */
  readonly isPredicate: boolean;
  /** What may come of it, in words; the last is that it throws. */
  readonly outcomes: readonly string[];
}

/** A program's text with every open point in the hands of who runs it. */
export interface Instrumented {
  readonly text: string;
  readonly sites: readonly Site[];
  /**
   * Called as `$call[i]`, awaited as `$await[i](value)`, or, where it can hardly
   * throw, as `$rare[i](value)`. What nobody waits for is begun by `$drop(start)`.
   */
  readonly points: readonly OpenPoint[];
  /** What the function is to be called with; read as `$read[i]()` if need be. */
  readonly parameters: readonly Parameter[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Globals that do what they do; every other unknown name is an open point. */
const knownGlobals = new Set(
  `Array Error Map Math Number Object Promise Set String Symbol console module
   require undefined`.split(/\s+/),
);

const predicateName = /^(is|has|can|should|needs|wants)[A-Z]/;

/**
 * Puts the open points of a program under control without changing what it
 * says: calls of unknown functions and awaits become decisions, every acquire
 * tells its site, every round of a loop is counted.
 */
export function instrument(sourceCode: TSESLint.SourceCode): Instrumented {
  const edits: Edit[] = [];
  const sites: Site[] = [];
  const points: OpenPoint[] = [];
  const unknown = unknownNames(sourceCode);

  const { fn } = entryPointOf(sourceCode.ast);
  const uses = parametersOf(fn, sourceCode);
  visit(sourceCode.ast);
  uses.forEach(({ parameter, reads }, at) => {
    if (!isDecidedLate(parameter)) return;
    for (const { range } of reads) {
      edits.push({ start: range[0], end: range[1], text: `$read[${at}]()` });
    }
  });
  return {
    text: apply(edits, sourceCode.text),
    sites,
    points,
    parameters: uses.map(({ parameter }) => parameter),
  };

  function visit(node: TSESTree.Node): void {
    switch (node.type) {
      case "CallExpression":
        visitCall(node);
        break;
      case "AwaitExpression":
        visitAwait(node);
        break;
      case "ExpressionStatement":
        visitStatement(node);
        break;
      case "ForOfStatement":
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        countRounds(node);
        break;
    }
    for (const child of childrenOf(node, sourceCode.visitorKeys)) visit(child);
  }

  function visitCall(node: TSESTree.CallExpression): void {
    if (isAcquire(node)) {
      const comma = node.arguments.length > 0 ? ", " : "";
      insert(node.range[1] - 1, `${comma}${sites.length}`);
      sites.push({
        line: node.loc.start.line,
        column: node.loc.start.column,
        text: sourceCode.getText(node),
        gathers: gathers(node),
        ...handOverOf(node, sourceCode),
        outcomes: outcomesAt(node, [
          "gets a permit",
          /tryAcquire\(/.test(sourceCode.getText(node))
            ? "gets none"
            : "throws",
        ]),
      });
    } else if (isOpen(node)) {
      const [start, end] = node.callee.range;
      const isAwaited = node.parent.type === "AwaitExpression";
      const isChained = isLinked(node);
      edits.push({ start, end, text: `$call[${points.length}]` });
      addPoint(isAwaited ? node.parent : node, {
        name: nameOf(node),
        isAwaited: isAwaited || isChained || isReturnedByHandler(node),
        isChained,
        callsBack: node.arguments.some(isErrorFirst),
      });
    } else if (canHardlyThrow(node)) {
      insert(node.range[0], `$rare[${points.length}](`);
      insert(node.range[1], ")");
      addPoint(node, { name: nameOf(node) });
    }
  }

  function visitAwait(node: TSESTree.AwaitExpression): void {
    const { argument } = node;
    const call = unwrapChain(argument);
    if (call.type === "CallExpression") {
      const root = rootOf(call.callee);
      const runsHere = root && !knownGlobals.has(root.name);
      if (isAcquire(call) || isOpen(call) || runsHere) return;
      if (call.callee.type.endsWith("FunctionExpression")) return;
      if (isLink(call)) return;
    }
    insert(argument.range[0], `$await[${points.length}](`);
    insert(argument.range[1], ")");
    addPoint(node, { isAwaited: true });
  }

  /** What nobody waits for still runs to its end. */
  function visitStatement({ expression }: TSESTree.ExpressionStatement): void {
    const promise =
      expression.type === "UnaryExpression" && expression.operator === "void"
        ? expression.argument
        : expression;
    if (promise.type !== "CallExpression") return;
    const { callee } = promise;
    const isAsyncCall =
      callee.type === "ArrowFunctionExpression" && callee.async;
    if (!isAsyncCall && !isLink(promise)) return;
    insert(promise.range[0], "$drop(() => ");
    insert(promise.range[1], ")");
  }

  function nameOf({ callee }: TSESTree.CallExpression): string {
    return sourceCode.getText(callee).split(".").at(-1)!;
  }

  function addPoint(
    node: TSESTree.Node,
    {
      name = "",
      isAwaited = false,
      isChained = false,
      callsBack = false,
    }: Partial<OpenPoint>,
  ): void {
    const isPredicate = predicateName.test(name);
    points.push({
      text: sourceCode.getText(node),
      name,
      line: node.loc.start.line,
      isAwaited,
      isChained,
      callsBack,
      isPredicate,
      outcomes: outcomesAt(
        node,
        isPredicate
          ? ["is true", "is false", "throws"]
          : ["completes", "throws"],
      ),
    });
  }

  function outcomesAt(node: TSESTree.Node, outcomes: string[]): string[] {
    const { line } = node.loc.start;
    return outcomes.map(
      (outcome) => `\`${sourceCode.getText(node)}\` (line ${line}) ${outcome}`,
    );
  }

  function countRounds(loop: { body: TSESTree.Statement }): void {
    if (loop.body.type !== "BlockStatement") {
      throw new Error("The body of a loop has to be a block");
    }
    const start = loop.body.range[0] + 1;
    insert(start, ` $round(${start});`);
  }

  function insert(at: number, text: string): void {
    edits.push({ start: at, end: at, text });
  }

  function isOpen(node: TSESTree.CallExpression): boolean {
    const root = rootOf(node.callee);
    return root !== undefined && unknown.has(root);
  }

  /** Whether no round of the innermost loop around an acquire releases. */
  function gathers(acquire: TSESTree.Node): boolean {
    const loop = loopAround(acquire);
    if (!loop) return false;
    return !/release|unlock|done|using|\[1\]/.test(sourceCode.getText(loop));
  }
}

/** Nothing is decided that the path doesn't come to. */
function isDecidedLate({ kind }: Parameter): boolean {
  return kind === "boolean" || kind === "choice" || kind === "count";
}

function isAcquire({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    /^(acquire|tryAcquire|runExclusive|withPermit)$/.test(callee.property.name)
  );
}

/** Whether a link is added to what a call returns. */
function isLinked({ parent }: TSESTree.CallExpression): boolean {
  return parent.type === "MemberExpression" && isLink(parent.parent);
}

/** Whether a link goes on with what a call in it returns. */
function isReturnedByHandler({ parent }: TSESTree.CallExpression): boolean {
  return parent.type === "ArrowFunctionExpression" && isLink(parent.parent);
}

/** `(error, rows) => { … }`. */
function isErrorFirst(argument: TSESTree.Node): boolean {
  return (
    argument.type === "ArrowFunctionExpression" &&
    argument.params[0]?.type === "Identifier" &&
    argument.params[0].name === "error"
  );
}

/** `console.log()`, `opened.push()`. */
function canHardlyThrow({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    /^(log|push)$/.test(callee.property.name)
  );
}

/** `while (!sema.tryAcquire()) { … }` ends with one permit. */
function isAskedBy(loop: TSESTree.Node, acquire: TSESTree.Node): boolean {
  return (
    loop.type === "WhileStatement" && loop.test.range[1] >= acquire.range[1]
  );
}

function loopAround(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type.includes("Function")) return undefined;
    if (/^(For|While|DoWhile)/.test(at.type) && !isAskedBy(at, node)) return at;
  }
  return undefined;
}

/** The name at the beginning of `a.b.c`. */
function rootOf(callee: TSESTree.Node): TSESTree.Identifier | undefined {
  let at = callee;
  while (at.type === "MemberExpression") at = at.object;
  return at.type === "Identifier" ? at : undefined;
}

function unknownNames({
  scopeManager,
}: TSESLint.SourceCode): ReadonlySet<TSESTree.Node> {
  const global = scopeManager?.globalScope;
  return new Set(
    global?.through
      .map(({ identifier }) => identifier)
      .filter(({ name }) => !knownGlobals.has(name)),
  );
}

function apply(edits: readonly Edit[], text: string): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

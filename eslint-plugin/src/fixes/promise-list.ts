import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { enclosingFunction, isFunction, memberName } from "../analysis/tree.js";
import { constantInit, variablesOf } from "../analysis/variables.js";

/** What a rewrite puts a call of its own in place of. */
export interface PromiseList {
  readonly range: Readonly<TSESTree.Range>;
  /** What stays of the code in the range, before the call and after it. */
  readonly before: string;
  readonly after: string;
  /** `Promise.all(promises)`, somewhere later, which is to become `promises`. */
  readonly later?: {
    readonly call: TSESTree.CallExpression;
    readonly name: string;
  };
}

/**
 * Where a list of promises that `made` makes is made and awaited: in one
 * expression, in two statements one after the other, or apart. Undefined where
 * the list is for anything else.
 */
export function promiseListOf(
  call: TSESTree.CallExpression,
  made: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): PromiseList | undefined {
  const [list] = call.arguments;
  if (!list || call.arguments.length !== 1) return undefined;
  if (isNothingBut(list, made)) {
    return { range: call.range, before: "", after: "" };
  }
  if (list.type !== "Identifier") return undefined;
  const held = heldIn(list, made, sourceCode);
  if (!held || enclosingFunction(held) !== enclosingFunction(call)) {
    return undefined;
  }
  const next = awaitedNext(call, held, sourceCode);
  if (next) return next;
  const [{ id }] = held.declarations;
  if (id.type !== "Identifier" || id.typeAnnotation) return undefined;
  if (sourceCode.getCommentsInside(call).length > 0) return undefined;
  return {
    range: made.range,
    before: "",
    after: "",
    later: { call, name: list.name },
  };
}

/** Whether the results of a call are left alone. */
export function isUnused(call: TSESTree.CallExpression): boolean {
  const value = call.parent.type === "AwaitExpression" ? call.parent : call;
  return value.parent.type === "ExpressionStatement";
}

/** Whether the code around a call goes on only when it is done. */
export function isAwaited({ parent }: TSESTree.Node): boolean {
  return (
    parent?.type === "AwaitExpression" ||
    parent?.type === "ArrowFunctionExpression"
  );
}

/** Whether no other code of the function runs before all has been started. */
export function isWaitedFor(call: TSESTree.Node): boolean {
  if (isAwaited(call) || call.parent?.type === "ReturnStatement") return true;
  const member = call.parent;
  // `return Promise.all(…).then(…)`
  return (
    member?.type === "MemberExpression" &&
    member.object === call &&
    /^(?:catch|finally|then)$/.test(memberName(member) ?? "") &&
    member.parent.type === "CallExpression" &&
    isWaitedFor(member.parent)
  );
}

/**
 * Whether a list is what `made` makes, perhaps spread into a new array or
 * filtered by the truth of promises, which are always true.
 */
function isNothingBut(
  list: TSESTree.Node,
  made: TSESTree.CallExpression,
): boolean {
  if (list === made) return true;
  if (list.type === "ArrayExpression") {
    const [element] = list.elements;
    return (
      list.elements.length === 1 &&
      element?.type === "SpreadElement" &&
      isNothingBut(element.argument, made)
    );
  }
  if (list.type !== "CallExpression" || list.arguments.length !== 1) {
    return false;
  }
  const { callee, arguments: given } = list;
  return (
    callee.type === "MemberExpression" &&
    !callee.computed &&
    callee.property.type === "Identifier" &&
    callee.property.name === "filter" &&
    given[0]?.type === "Identifier" &&
    given[0].name === "Boolean" &&
    made.arguments.some((each) => isFunction(each) && each.async) &&
    isNothingBut(callee.object, made)
  );
}

/** `const promises = items.map(fn);` with `await Promise.all(promises);` next. */
function awaitedNext(
  call: TSESTree.CallExpression,
  held: TSESTree.VariableDeclaration,
  sourceCode: TSESLint.SourceCode,
): PromiseList | undefined {
  // Without its annotation the results may be of a narrower type.
  if (held.declarations[0]?.id.typeAnnotation && !isUnused(call)) {
    return undefined;
  }
  return inPlaceOf(held, call, sourceCode);
}

/**
 * The place of a statement that makes promises and of the next, which begins
 * with the call that awaits them.
 */
export function inPlaceOf(
  maker: TSESTree.Statement,
  call: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): PromiseList | undefined {
  const use = statementThatBeginsWith(call);
  if (
    !use ||
    use.parent !== maker.parent ||
    sourceCode.getTokenBefore(use)?.range[1] !== maker.range[1] ||
    sourceCode.commentsExistBetween(maker, use) ||
    sourceCode.getCommentsInside(use).length > 0
  ) {
    return undefined;
  }
  const { text } = sourceCode;
  return {
    range: [maker.range[0], use.range[1]],
    before: text.slice(use.range[0], call.range[0]),
    after: text.slice(call.range[1], use.range[1]),
  };
}

/**
 * The declaration of the variable that `use` reads, if it is for nothing else
 * than to hold what `made` makes until then.
 */
function heldIn(
  use: TSESTree.Identifier,
  made: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): TSESTree.VariableDeclaration | undefined {
  const variable = variablesOf(sourceCode).get(use);
  if (!variable || variable.references.length !== 2) return undefined;
  const declaration = made.parent.parent;
  return constantInit(variable) === made &&
    declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1
    ? declaration
    : undefined;
}

/** The statement around `call` that evaluates nothing before it. */
function statementThatBeginsWith(
  call: TSESTree.CallExpression,
): TSESTree.Statement | undefined {
  const value = call.parent.type === "AwaitExpression" ? call.parent : call;
  const { parent } = value;
  switch (parent.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
      return parent;
    case "VariableDeclarator":
      return parent.parent.declarations.length === 1 &&
        parent.parent.parent.type !== "ExportNamedDeclaration"
        ? parent.parent
        : undefined;
    default:
      return undefined;
  }
}

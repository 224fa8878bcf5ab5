import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  descendantsOf,
  type FunctionNode,
  isFunction,
  unwrap,
} from "../analysis/tree.js";
import {
  constantFunction,
  isReassigned,
  type Variable,
  variablesOf,
} from "../analysis/variables.js";
import { type Edit, insertAt, replace } from "./edit.js";

/** How `map` calls a callback. */
export interface Mapped {
  readonly callback: TSESTree.Expression;
  readonly thisArg: TSESTree.Expression | undefined;
  /** The variable that holds the array which it hands over as the third argument. */
  readonly array: TSESTree.Identifier | undefined;
}

/**
 * The edits that make of a callback of `map` one that gets nothing but an item
 * and its index. Undefined where that can't be done.
 */
export function callbackOfItem(
  { callback, thisArg, array }: Mapped,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (thisArg && !isPlainValue(thisArg)) return undefined;
  const fn = unwrap(callback);
  if (!isFunction(fn)) return referredTo(fn, thisArg, sourceCode);
  const withoutThis = thisArg ? withOuterThis(fn, thisArg, sourceCode) : [];
  const withoutArray = withTwoParameters(fn, array, sourceCode);
  return withoutThis && withoutArray && [...withoutThis, ...withoutArray];
}

/** A callback that is written down elsewhere. */
function referredTo(
  callback: TSESTree.Node,
  thisArg: TSESTree.Expression | undefined,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const variable = variablesOf(sourceCode).get(callback);
  const fn = variable && constantFunction(variable);
  if (fn && withTwoParameters(fn, undefined, sourceCode)?.length !== 0) {
    return undefined;
  }
  if (!thisArg || fn?.type === "ArrowFunctionExpression") return [];
  if (callback.type !== "Identifier" && callback.type !== "MemberExpression") {
    return undefined;
  }
  return [insertAt(callback.range[1], `.bind(${sourceCode.getText(thisArg)})`)];
}

/** `function (item) { … this … }` with `this` handed over as an arrow. */
function withOuterThis(
  fn: FunctionNode,
  thisArg: TSESTree.Expression,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (fn.type === "ArrowFunctionExpression") return [];
  const own = ownNodes(fn, sourceCode);
  if (own.every(({ type }) => type !== "ThisExpression")) return [];
  const isArrow =
    thisArg.type === "ThisExpression" &&
    !fn.generator &&
    !fn.id &&
    own.every(({ type }) => type !== "MetaProperty" && type !== "Super");
  const open = sourceCode.getFirstToken(fn, ({ value }) => value === "(");
  const close = sourceCode.getTokenBefore(fn.returnType ?? fn.body);
  const word = sourceCode.getFirstToken(
    fn,
    ({ value }) => value === "function",
  );
  if (!isArrow || !open || !close || !word) return undefined;
  const end = fn.returnType?.range[1] ?? close.range[1];
  return [
    {
      range: [word.range[0], (fn.typeParameters ?? open).range[0]],
      text: "",
    },
    insertAt(end, " =>"),
  ];
}

/** Drops the parameter for the array, for which its variable may stand. */
function withTwoParameters(
  fn: FunctionNode,
  array: TSESTree.Identifier | undefined,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (readsArguments(fn, sourceCode)) return undefined;
  if (fn.params.some(({ type }) => type === "RestElement")) return undefined;
  const [, index, last] = fn.params;
  if (!index || !last) return [];
  if (fn.params.length > 3 || last.type !== "Identifier") return undefined;
  const parameter = variablesOf(sourceCode).get(last);
  if (!parameter || isReassigned(parameter)) return undefined;
  const { references } = parameter;
  const names = references.map(({ identifier }) =>
    array && isSeenFrom(identifier, array, sourceCode)
      ? renamed(identifier, array.name)
      : undefined,
  );
  if (sourceCode.commentsExistBetween(index, last)) return undefined;
  return names.every((edit) => edit !== undefined)
    ? [{ range: [index.range[1], last.range[1]], text: "" }, ...names]
    : undefined;
}

/** Whether the name of a variable that is never reassigned means it at a place. */
function isSeenFrom(
  place: TSESTree.Node,
  name: TSESTree.Identifier,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const variable = variablesOf(sourceCode).get(name);
  if (!variable || isReassigned(variable)) return false;
  return seenAs(name.name, place, sourceCode) === variable;
}

function seenAs(
  name: string,
  place: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): Variable | undefined {
  for (
    let scope: TSESLint.Scope.Scope | null =
      sourceCode.getScope?.(place) ?? null;
    scope;
    scope = scope.upper
  ) {
    const variable = scope.set.get(name);
    if (variable) return variable;
  }
  return undefined;
}

/** `name`, also where a property is written short. */
function renamed(identifier: TSESTree.Node, name: string): Edit | undefined {
  const { parent } = identifier;
  if (identifier.type !== "Identifier" && identifier.type !== "JSXIdentifier") {
    return undefined;
  }
  return parent?.type === "Property" && parent.shorthand
    ? replace(parent, `${identifier.name}: ${name}`)
    : replace(identifier, name);
}

function readsArguments(
  fn: FunctionNode,
  sourceCode: TSESLint.SourceCode,
): boolean {
  return (
    fn.type !== "ArrowFunctionExpression" &&
    ownNodes(fn, sourceCode).some(
      (node) => node.type === "Identifier" && node.name === "arguments",
    )
  );
}

/** What is in a function and has its `this` and `arguments`. */
function ownNodes(
  fn: FunctionNode,
  { visitorKeys }: TSESLint.SourceCode,
): TSESTree.Node[] {
  const all = [...fn.params, ...(fn.body ? [fn.body] : [])].flatMap((part) => [
    ...descendantsOf(part, visitorKeys),
  ]);
  return all.filter((node) => {
    let at = node.parent;
    while (at && at !== fn && !hasOwnThis(at)) at = at.parent;
    return at === fn;
  });
}

function hasOwnThis({ type }: TSESTree.Node): boolean {
  return (
    type === "ClassBody" ||
    type === "FunctionDeclaration" ||
    type === "FunctionExpression"
  );
}

/** What has the same value whenever it is evaluated, without an effect. */
function isPlainValue({ type }: TSESTree.Expression): boolean {
  return (
    type === "Identifier" || type === "Literal" || type === "ThisExpression"
  );
}

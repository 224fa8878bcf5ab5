import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import { pushOnto } from "../analysis/loops.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
} from "../analysis/tree.js";
import {
  constantInit,
  type Variable,
  variablesOf,
} from "../analysis/variables.js";
import { type Edit, removeStatement } from "./edit.js";
import { inPlaceOf, isUnused, type PromiseList } from "./promise-list.js";

/** A loop whose body can be the callback of a map. */
export interface PushingLoop {
  readonly list: PromiseList;
  readonly collection: TSESTree.Expression;
  /** The parameter for the item. */
  readonly item: TSESTree.DestructuringPattern;
  readonly body: TSESTree.Statement;
  /** The statement at the end of the body that is to return its promise. */
  readonly push: TSESTree.ExpressionStatement;
  readonly promise: TSESTree.Expression;
  /** What is there for the list, which is no more needed. */
  readonly edits: readonly Edit[];
}

/**
 * `const promises = []; for (const item of items) { …; promises.push(work); }`
 * with `await Promise.all(promises)` next. Undefined where the loop does
 * anything that a function of the item can't: jumps out, leaves a round early,
 * or changes a variable, of which TypeScript would know less from then on.
 */
export function pushingLoopOf(
  { call, start }: ConcurrentMap,
  sourceCode: TSESLint.SourceCode,
): PushingLoop | undefined {
  const [list] = call.arguments;
  if (start.kind !== "push" || list?.type !== "Identifier") return undefined;
  const variable = variablesOf(sourceCode).get(list);
  const declaration = variable && emptyListOf(variable);
  const push = variable && onlyPush(variable, list);
  const loop = push && loopAround(push);
  if (!declaration || !push || !loop) return undefined;
  const [promise] = push.expression.arguments;
  const item = itemOf(loop);
  if (!item || promise !== start.promise) return undefined;
  if (declaration.declarations[0]?.id.typeAnnotation && !isUnused(call)) {
    return undefined;
  }
  const place = inPlaceOf(loop, call, sourceCode);
  if (!place || !isFunctionBody(loop, sourceCode)) return undefined;
  return {
    list: place,
    collection: loop.right,
    item,
    body: loop.body,
    push,
    promise,
    edits: [removeStatement(declaration, sourceCode)],
  };
}

/** `const promises = [];` */
function emptyListOf(
  variable: Variable,
): TSESTree.VariableDeclaration | undefined {
  const init = constantInit(variable);
  if (init?.type !== "ArrayExpression" || init.elements.length > 0) {
    return undefined;
  }
  const declaration = init.parent.parent;
  return declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    (declaration.parent.type === "BlockStatement" ||
      declaration.parent.type === "Program")
    ? declaration
    : undefined;
}

/** `promises.push(promise);`, where that and `use` are all there is of the list. */
function onlyPush(
  { references }: Variable,
  use: TSESTree.Identifier,
):
  | (TSESTree.ExpressionStatement & { expression: TSESTree.CallExpression })
  | undefined {
  const [other, ...more] = references.filter(
    ({ init, identifier }) => !init && identifier !== use,
  );
  const push = other && pushOnto(other.identifier);
  return more.length === 0 &&
    push?.arguments.length === 1 &&
    push.parent.type === "ExpressionStatement"
    ? (push.parent as TSESTree.ExpressionStatement & {
        expression: TSESTree.CallExpression;
      })
    : undefined;
}

/** The loop that does nothing in a round after it has pushed. */
function loopAround(
  push: TSESTree.ExpressionStatement,
): TSESTree.ForOfStatement | undefined {
  const { parent } = push;
  const body =
    parent.type === "BlockStatement" && parent.body.at(-1) === push
      ? parent
      : push;
  return body.parent.type === "ForOfStatement" && !body.parent.await
    ? body.parent
    : undefined;
}

function itemOf({
  left,
}: TSESTree.ForOfStatement): TSESTree.DestructuringPattern | undefined {
  return left.type === "VariableDeclaration" && left.kind !== "var"
    ? left.declarations[0]?.id
    : undefined;
}

function isFunctionBody(
  loop: TSESTree.ForOfStatement,
  sourceCode: TSESLint.SourceCode,
): boolean {
  return (
    descendantsOf(loop.body, sourceCode.visitorKeys).every((node) =>
      isOfFunction(node, loop),
    ) &&
    changesNothingOutside(loop, sourceCode) &&
    keepsTypes(loop, sourceCode)
  );
}

function isOfFunction(
  node: TSESTree.Node,
  loop: TSESTree.ForOfStatement,
): boolean {
  const isOwn = enclosingFunction(node) === enclosingFunction(loop);
  switch (node.type) {
    case "BreakStatement":
    case "ContinueStatement":
    case "ReturnStatement":
    case "AwaitExpression":
    case "YieldExpression":
      return !isOwn;
    case "ForOfStatement":
      return !(isOwn && node.await);
    case "VariableDeclaration":
      return !isOwn || (node.kind !== "var" && !node.kind.endsWith("using"));
    case "LabeledStatement":
      return false;
    default:
      return true;
  }
}

function changesNothingOutside(
  loop: TSESTree.ForOfStatement,
  sourceCode: TSESLint.SourceCode,
): boolean {
  return outerReferences(loop, sourceCode).every(
    ({ variable, reference }) =>
      !reference.isWrite() &&
      // What is assigned somewhere else may be another by then.
      variable.references.every((each) => each.init || !each.isWrite()),
  );
}

function outerReferences(
  loop: TSESTree.ForOfStatement,
  sourceCode: TSESLint.SourceCode,
) {
  const variables = new Set(variablesOf(sourceCode).values());
  return [...variables].flatMap((variable) => {
    if (variable.defs.some(({ name }) => contains(loop, name))) return [];
    return variable.references
      .filter(({ identifier }) => contains(loop.body, identifier))
      .map((reference) => ({ variable, reference }));
  });
}

/**
 * Whether no member is read in a loop that may have been narrowed before: of a
 * member, a function knows nothing but what is declared.
 */
function keepsTypes(
  loop: TSESTree.ForOfStatement,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const owner = enclosingFunction(loop) ?? sourceCode.ast;
  const membersIn = (node: TSESTree.Node) =>
    descendantsOf(node, sourceCode.visitorKeys).filter(
      (each) => each.type === "MemberExpression",
    );
  const inside = new Set(
    membersIn(loop.body)
      .filter((each) => !isCalled(each))
      .map((each) => sourceCode.getText(each)),
  );
  return membersIn(owner).every(
    (each) =>
      contains(loop, each) ||
      each.range[0] > loop.range[0] ||
      isCalled(each) ||
      !inside.has(sourceCode.getText(each)),
  );
}

/** A method that is called is hardly one that may be missing. */
function isCalled(member: TSESTree.Node): boolean {
  const { parent } = member;
  return parent?.type === "CallExpression" && parent.callee === member;
}

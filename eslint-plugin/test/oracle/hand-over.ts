import type { TSESTree } from "@typescript-eslint/types";
import type { TSESLint } from "@typescript-eslint/utils";
import { childrenOf, isLink } from "./syntax.js";

/** What a program does with a permit somewhere, be it in code that never runs. */
export interface HandOver {
  /**
   * Whether the program hands the permit on: returns it, stores it, or gives
   * somebody a function that releases it.
   */
  readonly isHandedOn: boolean;
  /** Whether it passes the permit to somebody who only borrows it. */
  readonly isLent: boolean;
}

/** The functions that borrow a permit, by name. */
const borrowers = /^(audit|report)$/;

/**
 * Finds where a program hands the permit of an acquire on. Names are taken to
 * mean one thing each.
 */
export function handOverOf(
  acquire: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): HandOver {
  const { ast, visitorKeys } = sourceCode;
  const names = new Set(boundNames(acquire));
  const receivers = receiverNames(acquire, sourceCode);
  let isHandedOn = false;
  let isLent = false;
  for (let before = -1; before !== names.size;) {
    before = names.size;
    visit(ast, undefined);
  }
  return { isHandedOn, isLent };

  function visit(
    node: TSESTree.Node,
    closure: TSESTree.Node | undefined,
  ): void {
    if (releases(node)) {
      if (closure) passOn(closure);
      else if (isValue(node)) passOn(node);
    }
    const isClosure =
      /Function/.test(node.type) &&
      !contains(node, acquire) &&
      !isCalled(node) &&
      !isReaction(node);
    for (const child of childrenOf(node, visitorKeys)) {
      visit(child, closure ?? (isClosure ? node : undefined));
    }
  }

  /** Whether a node is the permit, or the way to release it. */
  function releases(node: TSESTree.Node): boolean {
    if (node.type === "Identifier") {
      return names.has(node.name) && !isMemberName(node);
    }
    if (node.type !== "MemberExpression") return false;
    const { object } = node;
    if (object.type === "Identifier" && names.has(object.name)) return true;
    return (
      receivers.has(sourceCode.getText(object)) &&
      node.property.type === "Identifier" &&
      node.property.name === "release"
    );
  }

  /** Follows a value to the variable that holds it, else to its new owner. */
  function passOn(value: TSESTree.Node): void {
    const { parent } = value;
    if (value.type === "FunctionDeclaration") {
      if (value.id) names.add(value.id.name);
    } else if (parent?.type === "VariableDeclarator") {
      if (parent.id.type === "Identifier") names.add(parent.id.name);
    } else if (isBorrowed(value)) {
      isLent = true;
    } else if (!isCalled(value) && !isReaction(value)) {
      isHandedOn = true;
    }
  }
}

/** Whether a name is that of a member, not of a variable. */
function isMemberName(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  return (
    (parent.type === "MemberExpression" &&
      parent.property === node &&
      !parent.computed) ||
    (parent.type === "Property" && parent.key === node && !parent.shorthand)
  );
}

/** Whether a name stands where its value goes somewhere. */
function isValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.init === node;
    case "ReturnStatement":
    case "ArrayExpression":
    case "YieldExpression":
      return true;
    case "Property":
      return parent.parent.type === "ObjectExpression" && parent.value === node;
    case "CallExpression":
      return parent.callee !== node;
    default:
      return false;
  }
}

function isCalled(value: TSESTree.Node): boolean {
  return (
    value.parent?.type === "CallExpression" && value.parent.callee === value
  );
}

function isBorrowed({ parent }: TSESTree.Node): boolean {
  return (
    parent?.type === "CallExpression" &&
    parent.callee.type === "Identifier" &&
    borrowers.test(parent.callee.name)
  );
}

/** Whether a link of a chain of promises is to call a value. */
function isReaction({ parent }: TSESTree.Node): boolean {
  return parent !== undefined && isLink(parent);
}

function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The names that an acquire's result is bound to, in whole or in part. */
function boundNames(acquire: TSESTree.CallExpression): string[] {
  let value: TSESTree.Node = acquire;
  while (
    value.parent?.type === "AwaitExpression" ||
    value.parent?.type === "LogicalExpression" ||
    (value.parent?.type === "MemberExpression" && value.parent.computed) ||
    value.parent?.type === "ConditionalExpression"
  ) {
    value = value.parent;
  }
  const { parent } = value;
  if (parent?.type === "VariableDeclarator") return namesIn(parent.id);
  if (parent?.type === "AssignmentExpression") return namesIn(parent.left);
  if (parent?.type === "MemberExpression" && isLink(parent.parent)) {
    const [handler] = parent.parent.arguments;
    return handler?.type === "ArrowFunctionExpression"
      ? handler.params.flatMap(namesIn)
      : [];
  }
  return [];
}

function namesIn(pattern: TSESTree.Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "ObjectPattern":
      return pattern.properties.flatMap((each) =>
        each.type === "Property" ? namesIn(each.value) : [],
      );
    default:
      return [];
  }
}

/** The text of the receiver of an acquire, and of what it is an alias of. */
function receiverNames(
  { callee }: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): ReadonlySet<string> {
  if (callee.type !== "MemberExpression") return new Set();
  const name = sourceCode.getText(callee.object);
  const { text } = sourceCode;
  const alias = new RegExp(`const ${name} = (this\\.[#\\w]+);`).exec(text);
  const isField = text.includes(`const { ${name} } = this;`);
  return new Set([
    name,
    ...(alias ? [alias[1]!] : []),
    ...(isField ? [`this.${name}`] : []),
  ]);
}

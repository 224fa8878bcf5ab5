import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { getStaticValue } from "@eslint-community/eslint-utils";
import { accessPath } from "./access-path.js";
import {
  descendantsOf,
  enclosingFunction,
  memberName,
  unwrap,
} from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";

/**
 * What bounds the number of elements of a collection:
 * `known`: it is written down, `length` of them; `bounded`: by a slice, a
 * check, an enum or the like; `unbounded`: the size comes from outside, `why`
 * says from where; `unknown`: there is no evidence either way.
 */
export type CollectionSize =
  | { readonly kind: "known"; readonly length: number }
  | { readonly kind: "bounded" }
  | { readonly kind: "unbounded"; readonly why: string }
  | { readonly kind: "unknown" };

const bounded: CollectionSize = { kind: "bounded" };
const unknown: CollectionSize = { kind: "unknown" };

/** Methods whose result is as long as their receiver, or shorter. */
const sizePreserving = new Set([
  "entries",
  "filter",
  "keys",
  "map",
  "reverse",
  "sort",
  "toReversed",
  "toSorted",
  "values",
]);

/** What loop variables and functions that hold a part of a whole are called. */
const partNames = /(batch|chunk|group|page|part|slice|window)/i;

const maxHops = 8;

export function collectionSize(
  collection: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): CollectionSize {
  return sizeOf(collection, maxHops);

  function sizeOf(node: TSESTree.Node, hops: number): CollectionSize {
    if (hops === 0) return unknown;
    const expression = unwrap(node);
    if (isLengthChecked(expression)) return bounded;
    switch (expression.type) {
      case "ArrayExpression":
        return sizeOfArray(expression, hops);
      case "AwaitExpression":
        return sizeOf(expression.argument, hops);
      case "CallExpression":
        return sizeOfCall(expression, hops);
      case "ConditionalExpression":
        return larger(
          sizeOf(expression.consequent, hops),
          sizeOf(expression.alternate, hops),
        );
      case "Identifier": {
        const variable = variables.get(expression);
        return variable ? sizeOfVariable(variable, hops - 1) : unknown;
      }
      case "LogicalExpression":
        return larger(
          sizeOf(expression.left, hops),
          sizeOf(expression.right, hops),
        );
      case "MemberExpression":
        return sizeOfMember(expression, hops);
      case "NewExpression":
        return isCallTo(expression, "Set") || isCallTo(expression, "Map")
          ? sizeOfArgument(expression.arguments[0], hops)
          : unknown;
      default:
        return unknown;
    }
  }

  function sizeOfArray(
    array: TSESTree.ArrayExpression,
    hops: number,
  ): CollectionSize {
    let size: CollectionSize = { kind: "known", length: 0 };
    for (const element of array.elements) {
      const part: CollectionSize =
        element?.type === "SpreadElement"
          ? sizeOf(element.argument, hops)
          : { kind: "known", length: 1 };
      size = sum(size, part);
    }
    return size;
  }

  function sizeOfCall(
    call: TSESTree.CallExpression,
    hops: number,
  ): CollectionSize {
    const callee = unwrap(call.callee);
    if (callee.type !== "MemberExpression") {
      if (callee.type !== "Identifier") return unknown;
      return partNames.test(callee.name) ? bounded : resultOf(call, sourceCode);
    }
    const name = memberName(callee);
    const object = unwrap(callee.object);
    if (object.type === "Identifier" && object.name === "Object") {
      return sizeOfObject(call.arguments[0], hops);
    }
    if (object.type === "Identifier" && object.name === "Array") {
      return name === "from" ? sizeOfSource(call.arguments[0], hops) : unknown;
    }
    switch (name) {
      case "slice":
      case "splice":
      case "subarray":
        return isCut(call, name) ? bounded : sizeOf(object, hops);
      case "concat":
        return call.arguments.reduce<CollectionSize>(
          (size, argument) => sum(size, sizeOfArgument(argument, hops)),
          sizeOf(object, hops),
        );
      case undefined:
        return unknown;
    }
    if (sizePreserving.has(name)) return sizeOf(object, hops);
    return partNames.test(name) ? bounded : resultOf(call, sourceCode);
  }

  /** `Array.from({ length: n }, …)`, `Array.from(iterable, …)`. */
  function sizeOfSource(
    source: TSESTree.Node | undefined,
    hops: number,
  ): CollectionSize {
    if (source?.type !== "ObjectExpression")
      return sizeOfArgument(source, hops);
    const length = source.properties.find(
      (each) =>
        each.type === "Property" &&
        each.key.type === "Identifier" &&
        each.key.name === "length",
    );
    const value =
      length?.type === "Property" ? staticNumber(length.value) : undefined;
    return value === undefined ? unknown : { kind: "known", length: value };
  }

  /** `Object.keys(x)` and its relatives. */
  function sizeOfObject(
    object: TSESTree.Node | undefined,
    hops: number,
  ): CollectionSize {
    const value = object && unwrap(object);
    if (value?.type === "ObjectExpression") {
      return value.properties.every(({ type }) => type === "Property")
        ? { kind: "known", length: value.properties.length }
        : unknown;
    }
    if (value?.type !== "Identifier") return sizeOfArgument(value, hops);
    const variable = variables.get(value);
    const definition = variable?.defs[0]?.node;
    if (!variable || definition?.type === "TSEnumDeclaration") return bounded;
    const init = constantInit(variable);
    return init
      ? sizeOfObject(init, hops - 1)
      : sizeOfVariable(variable, hops - 1);
  }

  function sizeOfArgument(
    argument: TSESTree.Node | undefined,
    hops: number,
  ): CollectionSize {
    return argument ? sizeOf(argument, hops) : { kind: "known", length: 0 };
  }

  function sizeOfMember(
    member: TSESTree.MemberExpression,
    hops: number,
  ): CollectionSize {
    let root: TSESTree.Node = member;
    while (root.type === "MemberExpression") root = unwrap(root.object);
    if (root.type !== "Identifier") return unknown;
    const variable = variables.get(root);
    const size = variable ? sizeOfVariable(variable, hops - 1) : unknown;
    return size.kind === "unbounded"
      ? { kind: "unbounded", why: comesFrom(member, size.why) }
      : unknown;
  }

  function comesFrom(member: TSESTree.MemberExpression, why: string): string {
    return `\`${sourceCode.getText(member)}\` is part of a value of which ${why}`;
  }

  function sizeOfVariable(variable: Variable, hops: number): CollectionSize {
    const [definition] = variable.defs;
    if (!definition || partNames.test(variable.name)) return unknown;
    const name = definition.name as TSESTree.Node;
    const annotated = name.type === "Identifier" && name.typeAnnotation;
    if (annotated && isBoundedType(annotated.typeAnnotation)) return bounded;
    if (definition.type === "Parameter") {
      const { node } = definition;
      // What an inline callback is called with is somebody else's collection.
      const isInline = node.parent?.type === "CallExpression";
      return isInline
        ? unknown
        : { kind: "unbounded", why: `\`${variable.name}\` is a parameter` };
    }
    const init = constantInit(variable);
    return init ? sizeOf(init, hops) : sizeOfDestructured(variable, hops);
  }

  function sizeOfDestructured(
    variable: Variable,
    hops: number,
  ): CollectionSize {
    const declarator = variable.defs[0]?.node;
    if (
      declarator?.type !== "VariableDeclarator" ||
      declarator.id.type === "Identifier" ||
      !declarator.init
    ) {
      return unknown;
    }
    const size = sizeOf(declarator.init, hops);
    return size.kind === "unbounded" ? size : unknown;
  }

  /** Whether the function compares this collection's length with a limit. */
  function isLengthChecked(node: TSESTree.Node): boolean {
    const place = accessPath(node, variables);
    const owner = enclosingFunction(node);
    if (place === undefined || !owner) return false;
    for (const each of descendantsOf(owner.body, sourceCode.visitorKeys)) {
      if (each.range[0] >= node.range[0]) continue;
      if (each.type !== "BinaryExpression") continue;
      if (!/^[<>]=?$/.test(each.operator)) continue;
      for (const [side, limit] of [
        [each.left, each.right],
        [each.right, each.left],
      ] as const) {
        const length = unwrap(side);
        if (
          length.type === "MemberExpression" &&
          /^(length|size)$/.test(memberName(length) ?? "") &&
          accessPath(length.object, variables) === place &&
          (staticNumber(limit) ?? Infinity) > 1
        ) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether `slice` and `splice` are told how much to take. */
  function isCut(call: TSESTree.CallExpression, name: string): boolean {
    const [start, end] = call.arguments;
    if (name === "splice") return end !== undefined;
    return end !== undefined || (start !== undefined && isNegative(start));
  }

  function isNegative(node: TSESTree.Node): boolean {
    return node.type === "UnaryExpression" && node.operator === "-";
  }

  function staticNumber(node: TSESTree.Node): number | undefined {
    const value = getStaticValue(
      node as never,
      sourceCode.getScope?.(node) as never,
    )?.value;
    return typeof value === "number" ? value : undefined;
  }
}

function resultOf(
  call: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
): CollectionSize {
  const name = sourceCode.getText(call.callee).replace(/\s+/g, " ");
  return {
    kind: "unbounded",
    why: `\`${name}()\` returns as many as there are`,
  };
}

function isCallTo(
  { callee }: TSESTree.CallExpression | TSESTree.NewExpression,
  name: string,
): boolean {
  return callee.type === "Identifier" && callee.name === name;
}

/** A tuple without rest elements. */
function isBoundedType(type: TSESTree.TypeNode): boolean {
  if (type.type === "TSTypeOperator" && type.typeAnnotation) {
    return isBoundedType(type.typeAnnotation);
  }
  return (
    type.type === "TSTupleType" &&
    type.elementTypes.every((element) => element.type !== "TSRestType")
  );
}

const weight = { known: 0, bounded: 1, unknown: 2, unbounded: 3 } as const;

function larger(a: CollectionSize, b: CollectionSize): CollectionSize {
  if (a.kind === "known" && b.kind === "known") {
    return a.length >= b.length ? a : b;
  }
  return weight[a.kind] >= weight[b.kind] ? a : b;
}

function sum(a: CollectionSize, b: CollectionSize): CollectionSize {
  return a.kind === "known" && b.kind === "known"
    ? { kind: "known", length: a.length + b.length }
    : larger(a, b);
}

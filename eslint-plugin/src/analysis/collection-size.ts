import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  isCutting,
  isFewByNature,
  isListOfFew,
  isPartName,
  isRequestPart,
  isSettings,
  isSizePreservingHelper,
  isUiHook,
  listingEvidence,
} from "./collection-names.js";
import type { Evidence } from "./evidence.js";
import { stronger, weaker } from "./evidence.js";
import { isIo } from "./io-modules.js";
import { originOf } from "./origin.js";
import { excerpt } from "./excerpt.js";
import { isLengthChecked } from "./length-checks.js";
import { staticNumber } from "./static-number.js";
import { memberName, unwrap } from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";
import { namesIn } from "./words.js";

/**
 * What bounds the number of elements of a collection:
 * `known`: it is written down, `length` of them; `bounded`: by a slice, a
 * check, an enum or the like; `unbounded`: the size comes from outside, as far
 * as `evidence` goes, `why` says from where; `unknown`: nothing speaks for
 * either.
 */
export type CollectionSize =
  | { readonly kind: "known"; readonly length: number }
  | { readonly kind: "bounded" }
  | Unbounded
  | { readonly kind: "unknown" };

interface Unbounded {
  readonly kind: "unbounded";
  readonly why: string;
  readonly evidence: Evidence;
}

const bounded: CollectionSize = { kind: "bounded" };
const unknown: CollectionSize = { kind: "unknown" };
const empty: CollectionSize = { kind: "known", length: 0 };

/** Methods whose result is as long as their receiver, or shorter. */
const sizePreserving = new Set(
  `entries fill filter keys map reverse sort toReversed toSorted values`.split(
    " ",
  ),
);

/** Methods whose result is at least as unbounded as their receiver. */
const sizeGrowing = new Set(["flat", "flatMap"]);

/** How a call says that it wants only so many: `.limit(10)`, `{ take: 10 }`. */
const askedFor =
  /\b(?:limit|take|first|top|per_?page|page_?size|max_?(?:count|items|keys|results))\b/i;

const maxHops = 8;

export interface SizeAnalysis {
  ofCollection(collection: TSESTree.Node): CollectionSize;
  /** The number of keys of an object. */
  ofObject(object: TSESTree.Node): CollectionSize;
}

export function sizeAnalysis(
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): SizeAnalysis {
  return {
    ofCollection: (collection) => sizeOf(collection, maxHops),
    ofObject: (object) => sizeOfObject(object, maxHops),
  };

  function sizeOf(
    node: TSESTree.Node | undefined,
    hops: number,
    isAwaited = false,
  ): CollectionSize {
    if (!node) return empty;
    if (hops === 0) return unknown;
    const expression = unwrap(node);
    if (isLengthChecked(expression, sourceCode, variables)) return bounded;
    switch (expression.type) {
      case "ArrayExpression":
        return sizeOfArray(expression, hops);
      case "AwaitExpression":
        return sizeOf(expression.argument, hops, true);
      case "CallExpression":
        return sizeOfCall(expression, hops, isAwaited);
      case "ConditionalExpression":
        return larger(
          sizeOf(expression.consequent, hops),
          sizeOf(expression.alternate, hops),
        );
      case "Identifier": {
        const variable = variables.get(expression);
        return variable
          ? sizeOfVariable(variable, hops - 1, isAwaited)
          : unknown;
      }
      case "LogicalExpression":
        return larger(
          sizeOf(expression.left, hops),
          sizeOf(expression.right, hops),
        );
      case "MemberExpression":
        return sizeOfMember(expression, hops);
      case "NewExpression":
        return sizeOfNew(expression, hops);
      default:
        return unknown;
    }
  }

  function sizeOfArray(
    array: TSESTree.ArrayExpression,
    hops: number,
  ): CollectionSize {
    let size = empty;
    for (const element of array.elements) {
      const part: CollectionSize =
        element?.type === "SpreadElement"
          ? sizeOf(element.argument, hops)
          : { kind: "known", length: 1 };
      size = sum(size, part);
    }
    return size;
  }

  function sizeOfNew(
    { callee, arguments: [argument] }: TSESTree.NewExpression,
    hops: number,
  ): CollectionSize {
    if (callee.type !== "Identifier") return unknown;
    switch (callee.name) {
      case "Array":
        return lengthOf(argument);
      case "Map":
      case "Set":
        return sizeOf(argument, hops);
      default:
        return unknown;
    }
  }

  function sizeOfCall(
    call: TSESTree.CallExpression,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const callee = unwrap(call.callee);
    const [argument] = call.arguments;
    if (callee.type !== "MemberExpression") {
      if (callee.type !== "Identifier") return unknown;
      if (callee.name === "Array") return lengthOf(argument);
      if (isCutting(callee.name)) return bounded;
      return isSizePreservingHelper(callee.name)
        ? sizeOf(argument, hops)
        : resultOf(call, isAwaited);
    }
    const name = memberName(callee);
    const object = unwrap(callee.object);
    if (object.type === "Identifier") {
      const known = sizeOfStatic(object.name, name, argument, hops);
      if (known) return known;
    }
    switch (name) {
      case undefined:
        return unknown;
      case "slice":
      case "splice":
      case "subarray":
        return isCut(call, name) ? bounded : sizeOf(object, hops);
      case "concat":
        return call.arguments.reduce<CollectionSize>(
          (size, each) => sum(size, sizeOf(each, hops)),
          sizeOf(object, hops),
        );
      case "catch":
      case "finally":
        return sizeOf(object, hops, isAwaited);
    }
    if (sizePreserving.has(name)) return sizeOf(object, hops);
    if (sizeGrowing.has(name)) {
      const size = sizeOf(object, hops);
      return size.kind === "unbounded" ? size : unknown;
    }
    return isCutting(name) ? bounded : resultOf(call, isAwaited);
  }

  /** `Object.keys(x)`, `Array.from(x)`, `Promise.all(x)`, `_.uniq(x)`. */
  function sizeOfStatic(
    object: string,
    method: string | undefined,
    argument: TSESTree.Node | undefined,
    hops: number,
  ): CollectionSize | undefined {
    switch (object) {
      case "Object":
        return sizeOfObject(argument, hops);
      case "Array":
        return method === "from" ? sizeOfSource(argument, hops) : unknown;
      case "Promise":
        return /^all(?:Settled)?$/.test(method ?? "")
          ? sizeOf(argument, hops)
          : unknown;
      case "_":
      case "lodash":
        return method !== undefined && isSizePreservingHelper(method)
          ? sizeOf(argument, hops)
          : unknown;
      case "JSON":
        return unknown;
      default:
        return undefined;
    }
  }

  /** `Array.from({ length: n }, …)`, `Array.from(iterable, …)`. */
  function sizeOfSource(
    source: TSESTree.Node | undefined,
    hops: number,
  ): CollectionSize {
    if (source?.type !== "ObjectExpression") return sizeOf(source, hops);
    const length = source.properties.find(
      (each) =>
        each.type === "Property" &&
        each.key.type === "Identifier" &&
        each.key.name === "length",
    );
    return length?.type === "Property" ? lengthOf(length.value) : unknown;
  }

  /** Of an array that is made with this length. */
  function lengthOf(length: TSESTree.Node | undefined): CollectionSize {
    if (!length) return empty;
    const value = staticNumber(length, sourceCode);
    if (value !== undefined) return { kind: "known", length: value };
    const isAtMost =
      length.type === "CallExpression" &&
      sourceCode.getText(length.callee) === "Math.min";
    return isAtMost ? bounded : unknown;
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
    if (value?.type === "Identifier") {
      const variable = variables.get(value);
      const definition = variable?.defs[0]?.node;
      if (!variable || definition?.type === "TSEnumDeclaration") return bounded;
      const init = constantInit(variable);
      if (init) return sizeOfObject(init, hops - 1);
    }
    const size = sizeOf(value, hops);
    // An object has a key for each kind more often than for each record.
    return size.kind === "unbounded"
      ? { ...size, evidence: "possible" }
      : unknown;
  }

  function sizeOfMember(
    member: TSESTree.MemberExpression,
    hops: number,
  ): CollectionSize {
    let root: TSESTree.Node = member;
    while (root.type === "MemberExpression") root = unwrap(root.object);
    const names = namesIn(member);
    const last = names.at(-1) ?? "";
    if (isPartName(last)) return unknown;
    const request = root.type === "Identifier" && names.find(isRequestPart);
    if (request && isParameter(variables.get(root))) {
      const text = excerpt(member, sourceCode);
      return {
        kind: "unbounded",
        why: `\`${text}\` comes with the request`,
        evidence: "sure",
      };
    }
    if (isFewByNature(last) || names.slice(0, -1).some(isSettings)) {
      return unknown;
    }
    const size = sizeOf(root, hops);
    if (size.kind !== "unbounded") return unknown;
    return {
      kind: "unbounded",
      why: `\`${excerpt(member, sourceCode)}\` is as long as what it comes from: ${size.why}`,
      evidence: size.evidence,
    };
  }

  function sizeOfVariable(
    variable: Variable,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const [definition] = variable.defs;
    if (!definition || isPartName(variable.name)) return unknown;
    const name = definition.name as TSESTree.Node;
    const annotated = name.type === "Identifier" && name.typeAnnotation;
    if (annotated && isBoundedType(annotated.typeAnnotation)) return bounded;
    const size =
      definition.type === "Parameter"
        ? sizeOfParameter(variable)
        : sizeOfInitial(variable, hops, isAwaited);
    return size.kind === "unbounded" && isFewByNature(variable.name)
      ? unknown
      : size;
  }

  function sizeOfParameter(variable: Variable): CollectionSize {
    const { node, name } = variable.defs[0]!;
    // What an inline callback is called with is somebody else's collection.
    if (node.parent?.type === "CallExpression") return unknown;
    const parent = (name as TSESTree.Node).parent;
    // The arguments of a call are written down, most of the time.
    const isRest = parent?.type === "RestElement";
    return {
      kind: "unbounded",
      why: `\`${variable.name}\` is a parameter`,
      evidence: isRest ? "possible" : "likely",
    };
  }

  function sizeOfInitial(
    variable: Variable,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const init = constantInit(variable);
    if (init) return sizeOf(init, hops, isAwaited);
    const [definition] = variable.defs;
    const declarator = definition?.node;
    if (declarator?.type !== "VariableDeclarator" || !declarator.init) {
      return unknown;
    }
    const { id } = declarator;
    if (id.type === "Identifier") return unknown;
    const source = elementAt(id, variable, declarator.init) ?? declarator.init;
    const size = sizeOf(source, hops, source !== declarator.init);
    return size.kind === "unbounded" ? size : unknown;
  }

  function resultOf(
    call: TSESTree.CallExpression,
    isAwaited: boolean,
  ): CollectionSize {
    const names = namesIn(call.callee);
    if (isUiHook(names.at(-1) ?? "") || isListOfFew(names)) return unknown;
    if (askedFor.test(sourceCode.getText(call))) return bounded;
    const origin = originOf(call.callee, variables, sourceCode.visitorKeys);
    const isRemote = isAwaited && origin !== undefined && isIo(origin);
    const evidence = listingEvidence(names, isAwaited);
    return {
      kind: "unbounded",
      why: `\`${excerpt(call.callee, sourceCode)}()\` returns as many as there are`,
      evidence: isRemote ? stronger(evidence, "likely") : evidence,
    };
  }

  /** Whether `slice` and `splice` are told how much to take. */
  function isCut(call: TSESTree.CallExpression, name: string): boolean {
    const [start, end] = call.arguments;
    if (name === "splice") return end !== undefined;
    if (end) return !isNegative(end);
    return start !== undefined && isNegative(start);
  }
}

function isNegative(node: TSESTree.Node): boolean {
  return node.type === "UnaryExpression" && node.operator === "-";
}

function isParameter(variable: Variable | undefined): boolean {
  return variable?.defs[0]?.type === "Parameter";
}

/** `b` for `y` in `[x, y] = await Promise.all([a, b])`. */
function elementAt(
  pattern: TSESTree.BindingName,
  variable: Variable,
  init: TSESTree.Expression,
): TSESTree.Node | undefined {
  if (pattern.type !== "ArrayPattern" || init.type !== "AwaitExpression") {
    return undefined;
  }
  const call = unwrap(init.argument);
  const [list] = call.type === "CallExpression" ? call.arguments : [];
  if (list?.type !== "ArrayExpression") return undefined;
  const index = pattern.elements.findIndex(
    (element) =>
      element?.type === "Identifier" && variable.identifiers.includes(element),
  );
  return list.elements[index] ?? undefined;
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

/** The size of what may be the one or the other. */
export function larger(a: CollectionSize, b: CollectionSize): CollectionSize {
  if (a.kind === "known" && b.kind === "known") {
    return a.length >= b.length ? a : b;
  }
  if (a.kind === "unbounded" && b.kind === "unbounded") {
    return weaker(a.evidence, b.evidence) === a.evidence ? b : a;
  }
  return weight[a.kind] >= weight[b.kind] ? a : b;
}

function sum(a: CollectionSize, b: CollectionSize): CollectionSize {
  return a.kind === "known" && b.kind === "known"
    ? { kind: "known", length: a.length + b.length }
    : larger(a, b);
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  isByKeys,
  isCutting,
  isFewByNature,
  isFileListing,
  isListOfFew,
  isPartName,
  isRequestPart,
  isSettings,
  isSizePreservingHelper,
  isUiHook,
  listingEvidence,
} from "./collection-names.js";
import { callsOf } from "./calls-of.js";
import { fillingsOf } from "./collected.js";
import { stronger, weaker } from "./evidence.js";
import { excerpt } from "./excerpt.js";
import { isIo } from "./io-modules.js";
import { isLengthChecked } from "./length-checks.js";
import { listedBy } from "./listed-by.js";
import { isNarrowed } from "./listings.js";
import { localFunction } from "./local-function.js";
import { originOf } from "./origin.js";
import { isOfBuiltFiles, isPickedByName } from "./own-files.js";
import { elementAt, isBoundedType, propertyOf } from "./patterns.js";
import { returnedBy } from "./returned-values.js";
import { isSizePreservingCallback, sizePreserving } from "./size-preserving.js";
import {
  bounded,
  type CollectionSize,
  empty,
  larger,
  one,
  onlyLikely,
  partOf,
  sum,
  type Unbounded,
  unknown,
} from "./sizes.js";
import { staticNumber } from "./static-number.js";
import { isLineBreak, isTextFromOutside } from "./text-from-outside.js";
import { isFunction, memberName, unwrap } from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";
import { namesIn } from "./words.js";

/** Methods whose result is at least as unbounded as their receiver. */
const sizeGrowing = new Set(["flat", "flatMap"]);

/** How a call says that it wants only so many: `.limit(10)`, `{ take: 10 }`. */
const askedFor =
  /\b(?:limit|take|first|top|per_?page|page_?size|max_?(?:count|items|keys|number\w*|results))\b/i;

const maxHops = 8;

/** How many expressions are looked at for one collection. */
const maxSteps = 2000;

export interface SizeAnalysis {
  ofCollection(collection: TSESTree.Node): CollectionSize;
  /** The number of keys of an object. */
  ofObject(object: TSESTree.Node): CollectionSize;
}

export function sizeAnalysis(
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): SizeAnalysis {
  /** The functions whose result is being looked at. */
  const visited = new Set<TSESTree.Node>();
  let steps = 0;
  return {
    ofCollection(collection) {
      steps = 0;
      return sizeOf(collection, maxHops);
    },
    ofObject(object) {
      steps = 0;
      return sizeOfObject(object, maxHops);
    },
  };

  function sizeOf(
    node: TSESTree.Node | undefined,
    hops: number,
    isAwaited = false,
  ): CollectionSize {
    if (!node) return empty;
    if (hops <= 0 || ++steps > maxSteps) return unknown;
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
      case "TaggedTemplateExpression":
        return isAwaited ? sizeOfStatement(expression) : unknown;
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
      const part =
        element?.type === "SpreadElement"
          ? sizeOf(element.argument, hops)
          : one;
      size = sum(size, part);
    }
    return size;
  }

  /** Of what a statement returns: `` sql`select …` ``. */
  function sizeOfStatement({
    tag,
    quasi,
  }: TSESTree.TaggedTemplateExpression): CollectionSize {
    const names = namesIn(tag);
    if (!/^(?:sql|\$queryRaw)$/.test(names.at(-1) ?? "")) return unknown;
    const text = sourceCode.getText(quasi);
    if (askedFor.test(text)) return bounded;
    return {
      kind: "unbounded",
      why: `\`${excerpt(tag, sourceCode)}\` returns as many rows as there are`,
      evidence: "sure",
      source: "rows",
      isNarrowed: /\bwhere\b/i.test(text),
    };
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
        : resultOf(call, hops, isAwaited);
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
      case "then":
        return isSizePreservingCallback(argument)
          ? sizeOf(object, hops, true)
          : unknown;
      case "filter": {
        const size = sizeOf(object, hops);
        return argument && isPickedByName(argument, sourceCode.visitorKeys)
          ? onlyLikely(size)
          : size;
      }
      case "json":
        return sizeOfJson(object, hops);
      case "split":
        if (argument && isLineBreak(argument)) {
          return sizeOfLines(call, object);
        }
    }
    // `keys("user:*")` is no method of a list.
    if (name === "keys" && argument) return resultOf(call, hops, isAwaited);
    if (sizePreserving.has(name)) return sizeOf(object, hops);
    if (sizeGrowing.has(name)) {
      const size = sizeOf(object, hops);
      return size.kind === "unbounded" ? size : unknown;
    }
    return isCutting(name) ? bounded : resultOf(call, hops, isAwaited);
  }

  /** Of what `request.json()` or `response.json()` gives. */
  function sizeOfJson(object: TSESTree.Node, hops: number): CollectionSize {
    const text = sourceCode.getText(object);
    if (/(?:^|\.)req(?:uest)?$/.test(text)) {
      return {
        kind: "unbounded",
        why: `\`${text}.json()\` comes with the request`,
        evidence: "sure",
        source: "request",
      };
    }
    const size = sizeOf(object, hops);
    return size.kind === "unbounded" && size.source === "response"
      ? size
      : unknown;
  }

  /** Of `text.split("\n")`: as long as what a file holds or a process prints. */
  function sizeOfLines(
    call: TSESTree.CallExpression,
    text: TSESTree.Node,
  ): CollectionSize {
    const isOutside = isTextFromOutside(text, sourceCode, variables);
    return {
      kind: "unbounded",
      why: `\`${excerpt(call, sourceCode)}\` has as many items as there are lines`,
      evidence: isOutside ? "sure" : "possible",
      source: "lines",
    };
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
        return method === "from" || method === "fromAsync"
          ? sizeOfSource(argument, hops)
          : unknown;
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
    if (isPartName(last) || isFewByNature(last)) return unknown;
    const request = root.type === "Identifier" && names.find(isRequestPart);
    if (request && isParameter(variables.get(root))) {
      const text = excerpt(member, sourceCode);
      return {
        kind: "unbounded",
        why: `\`${text}\` comes with the request`,
        evidence: request === "body" ? "sure" : "likely",
        source: "request",
      };
    }
    if (names.slice(0, -1).some(isSettings)) return unknown;
    const variable = root.type === "Identifier" && variables.get(root);
    const size = variable
      ? sizeOfNamed(variable, hops - 1, false)
      : sizeOf(root, hops);
    if (size.kind !== "unbounded") return unknown;
    return {
      ...partOf(size, last),
      why: `\`${excerpt(member, sourceCode)}\` is as long as what it comes from: ${size.why}`,
    };
  }

  function sizeOfVariable(
    variable: Variable,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const size = sizeOfNamed(variable, hops, isAwaited);
    return size.kind === "unbounded" && isFewByNature(variable.name)
      ? unknown
      : size;
  }

  /** Of what a variable holds, whatever its name says of it. */
  function sizeOfNamed(
    variable: Variable,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const [definition] = variable.defs;
    if (!definition || isPartName(variable.name)) return unknown;
    const name = definition.name as TSESTree.Node;
    const annotated = name.type === "Identifier" && name.typeAnnotation;
    if (annotated && isBoundedType(annotated.typeAnnotation)) return bounded;
    return definition.type === "Parameter"
      ? sizeOfParameter(variable, hops)
      : sizeOfAssigned(variable, hops, isAwaited);
  }

  function sizeOfParameter(variable: Variable, hops: number): CollectionSize {
    const { node, name } = variable.defs[0]!;
    // What an inline callback is called with is somebody else's collection.
    if (node.parent?.type === "CallExpression") return unknown;
    const parent = (name as TSESTree.Node).parent;
    // The arguments of a call are written down, most of the time.
    if (parent?.type === "RestElement") return unknown;
    const given = sizeOfArgument(node, name, hops);
    if (given) return given;
    if (isCalledHereOnly(node)) return unknown;
    return {
      kind: "unbounded",
      why: `\`${variable.name}\` is a parameter`,
      evidence: "possible",
      source: "parameter",
    };
  }

  /** Of what the file itself calls a function with, where it says enough. */
  function sizeOfArgument(
    fn: TSESTree.Node,
    parameter: TSESTree.Node,
    hops: number,
  ): CollectionSize | undefined {
    if (!isFunction(fn) || visited.has(fn)) return undefined;
    const index = fn.params.findIndex((each) => each === parameter);
    const calls = callsOf(fn, sourceCode, variables);
    if (index < 0 || !calls) return undefined;
    visited.add(fn);
    const sizes = calls.known.map(({ arguments: given }) =>
      sizeOf(given[index], hops - 1),
    );
    visited.delete(fn);
    const size = sizes.reduce(larger, empty);
    if (size.kind === "unbounded") {
      return size.evidence === "possible" ? undefined : size;
    }
    const isBounded = size.kind === "bounded" || size.kind === "known";
    return isBounded && calls.isAll && sizes.length > 0 ? size : undefined;
  }

  /** Whether a function gets nothing but what the file itself gives it. */
  function isCalledHereOnly(fn: TSESTree.Node): boolean {
    const calls = isFunction(fn) && callsOf(fn, sourceCode, variables);
    return calls ? calls.isAll && calls.known.length > 0 : false;
  }

  function sizeOfAssigned(
    variable: Variable,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const init = constantInit(variable);
    if (init) {
      const size = sizeOf(init, hops, isAwaited);
      return unwrap(init).type === "ArrayExpression"
        ? sum(size, sizeOfFillings(variable, hops))
        : size;
    }
    const [definition] = variable.defs;
    const declarator = definition?.node;
    if (declarator?.type !== "VariableDeclarator") return unknown;
    const { id } = declarator;
    if (id.type === "Identifier") return sizeOfReassigned(variable, hops);
    if (!declarator.init) return unknown;
    const part = elementAt(id, variable, declarator.init);
    const size = sizeOf(part ?? declarator.init, hops, part !== undefined);
    if (size.kind !== "unbounded") return unknown;
    if (part) return size;
    const name = propertyOf(id, variable);
    if (name !== undefined) return partOf(size, name);
    return isAnswerWithMore(declarator.init) ? size : onlyLikely(size);
  }

  /** Of a variable that is written more than once. */
  function sizeOfReassigned(variable: Variable, hops: number): CollectionSize {
    let assigned: Unbounded | undefined;
    for (const { writeExpr, identifier } of variable.references) {
      if (!writeExpr) continue;
      const isPlain =
        identifier.parent.type === "VariableDeclarator" ||
        (identifier.parent.type === "AssignmentExpression" &&
          identifier.parent.operator === "=");
      const size = isPlain ? sizeOf(writeExpr, hops) : unknown;
      if (isNothing(writeExpr)) continue;
      if (size.kind !== "unbounded") return unknown;
      if (
        !assigned ||
        weaker(size.evidence, assigned.evidence) === size.evidence
      )
        assigned = size;
    }
    return assigned ?? unknown;
  }

  /** Of what loops push onto a list. */
  function sizeOfFillings(variable: Variable, hops: number): CollectionSize {
    const fillings = fillingsOf(variable, sourceCode) ?? [];
    return fillings
      .map(({ pushed, loops, isPaged, isPicked }) => {
        const looped = loops.map(({ collection, isObject }) =>
          isObject
            ? sizeOfObject(collection, hops - 1)
            : sizeOf(collection, hops - 1, isPaged),
        );
        const size = [...looped, ...pushed.map(sizeOfPushed)].reduce(
          larger,
          empty,
        );
        return isPicked ? onlyLikely(size) : size;

        function sizeOfPushed(
          value: TSESTree.CallExpressionArgument,
        ): CollectionSize {
          if (value.type !== "SpreadElement") return one;
          return isPaged
            ? {
                kind: "unbounded",
                why: `\`${variable.name}\` collects one page after the other`,
                evidence: "sure",
                source: "pages",
              }
            : sizeOf(value.argument, hops - 1);
        }
      })
      .reduce(larger, empty);
  }

  function resultOf(
    call: TSESTree.CallExpression,
    hops: number,
    isAwaited: boolean,
  ): CollectionSize {
    const names = namesIn(call.callee);
    if (isUiHook(names.at(-1) ?? "") || isListOfFew(names)) return unknown;
    const text = sourceCode.getText(call);
    if (askedFor.test(text)) return bounded;
    if (names.some(isByKeys)) return sizeOf(call.arguments[0], hops - 1);
    const returned = sizeOfReturned(call, hops);
    if (returned && returned.kind !== "unknown") return returned;
    const why = `\`${excerpt(call.callee, sourceCode)}()\` returns as many as there are`;
    const listed = listedBy(call, isAwaited, sourceCode, variables);
    if (listed) {
      const { source, evidence } = listed;
      if (!evidence) return unknown;
      const isSome = source === "rows" && isNarrowed(call, text);
      return { kind: "unbounded", why, source, evidence, isNarrowed: isSome };
    }
    if (isFileListing(names) && isOfBuiltFiles(text)) return unknown;
    const origin = originOf(call.callee, variables, sourceCode.visitorKeys);
    const isRemote = isAwaited && origin !== undefined && isIo(origin);
    const isResponse = isRemote || (isAwaited && names.join(".") === "fetch");
    const evidence = listingEvidence(names, isAwaited);
    return {
      kind: "unbounded",
      why,
      evidence: isResponse ? stronger(evidence, "likely") : evidence,
      source: isResponse ? "response" : "result",
      isNarrowed: isNarrowed(call, text),
    };
  }

  /** Of what a function of the same file returns. */
  function sizeOfReturned(
    { callee }: TSESTree.CallExpression,
    hops: number,
  ): CollectionSize | undefined {
    const fn = localFunction(unwrap(callee), variables);
    if (!fn || fn.generator || visited.has(fn)) return undefined;
    visited.add(fn);
    const size = returnedBy(fn, sourceCode.visitorKeys)
      .map((value) => sizeOf(value, hops - 1, true))
      .reduce(larger, empty);
    visited.delete(fn);
    // Of another function's parameter nothing is known here.
    return size.kind === "unbounded" && size.source === "parameter"
      ? unknown
      : size;
  }

  /** Whether `slice` and `splice` are told how much to take. */
  function isCut(call: TSESTree.CallExpression, name: string): boolean {
    const [start, end] = call.arguments;
    if (name === "splice") return end !== undefined;
    if (end) return !isNegative(end);
    return start !== undefined && isNegative(start);
  }
}

/** `[]`, `null`, `undefined`. */
function isNothing(value: TSESTree.Node): boolean {
  const expression = unwrap(value);
  switch (expression.type) {
    case "ArrayExpression":
      return expression.elements.length === 0;
    case "Identifier":
      return expression.name === "undefined";
    default:
      return expression.type === "Literal" && expression.value === null;
  }
}

/** `const [rows] = await pool.query(…)`: answers that are more than the list. */
function isAnswerWithMore(init: TSESTree.Node): boolean {
  return /^(?:execute|getFiles|query|raw)$/.test(namesIn(init).at(-1) ?? "");
}

function isNegative(node: TSESTree.Node): boolean {
  return node.type === "UnaryExpression" && node.operator === "-";
}

function isParameter(variable: Variable | undefined): boolean {
  return variable?.defs[0]?.type === "Parameter";
}

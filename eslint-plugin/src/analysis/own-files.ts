import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { isPlaceForFew } from "./collection-names.js";
import { descendantsOf, isFunction, memberName, unwrap } from "./tree.js";
import { constantInit, type Variables } from "./variables.js";
import { namesIn } from "./words.js";

const maxHops = 4;

/** Whether a listing of files, by its text, is of what a build has made. */
export function isOfBuiltFiles(text: string): boolean {
  return /["'`/](?:build|dist|out)\b/.test(text);
}

/**
 * Whether a listing of files is of a place that the program itself decides on:
 * beside its code (`__dirname`), written down, or made for what is few.
 * A pattern that goes down into folders (`**`) has no such place.
 */
export function isOwnPlace(
  call: TSESTree.CallExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): boolean {
  const [place] = call.arguments;
  if (!place) return false;
  return isOwn(place, maxHops);

  function isOwn(node: TSESTree.Node, hops: number): boolean {
    let isOutside = false;
    for (const each of descendantsOf(node, sourceCode.visitorKeys)) {
      switch (each.type) {
        case "MetaProperty":
          return true;
        case "Literal":
          isOutside ||= typeof each.value === "string" && isDeep(each.value);
          break;
        case "TemplateElement":
          isOutside ||= isDeep(each.value.raw);
          break;
        case "MemberExpression":
          if (namesIn(each).some(isPlaceForFew)) return true;
          isOutside ||= each.parent.type !== "CallExpression";
          isOutside ||= /^(?:argv|cwd)$/.test(memberName(each) ?? "");
          break;
        case "Identifier": {
          if (/^__(?:dir|file)name$/.test(each.name)) return true;
          if (isPlaceForFew(each.name)) return true;
          const variable = variables.get(each);
          const init = variable && constantInit(variable);
          if (init && hops > 0 && !isFunction(unwrap(init))) {
            if (isOwn(init, hops - 1)) return true;
            isOutside = true;
          }
          isOutside ||=
            variable !== undefined &&
            !init &&
            !isConstantName(each.name) &&
            !isCalled(each);
        }
      }
    }
    return !isOutside;
  }
}

/** `path` of `path.join(…)`. */
function isCalled(node: TSESTree.Node): boolean {
  let current = node;
  while (current.parent?.type === "MemberExpression") current = current.parent;
  const { parent } = current;
  return parent?.type === "CallExpression" && parent.callee === current;
}

function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z\d_]*$/.test(name);
}

/** Whether a pattern goes down into folders and ends in no one name. */
function isDeep(pattern: string): boolean {
  return pattern.includes("**") && /\*[^/]*$/.test(pattern);
}

/**
 * Whether a condition compares with one name, so that few items pass it:
 * `name === "package.json"`, but not `name.endsWith(".ts")`.
 */
export function isPickedByName(
  condition: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  for (const node of descendantsOf(condition, visitorKeys)) {
    if (
      node.type === "Literal" &&
      typeof node.value === "string" &&
      isNameComparison(node) &&
      !/^(?:\.\w{1,6}){1,2}$/.test(node.value)
    ) {
      return true;
    }
  }
  return false;
}

function isNameComparison({ parent }: TSESTree.Literal): boolean {
  if (parent.type === "BinaryExpression")
    return /^={2,3}$/.test(parent.operator);
  return (
    parent.type === "CallExpression" &&
    parent.callee.type === "MemberExpression" &&
    parent.callee.property.type === "Identifier" &&
    /^(?:endsWith|startsWith)$/.test(parent.callee.property.name)
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import { keyName, unwrap } from "./tree.js";
import type { Variable } from "./variables.js";

/** `b` for `y` in `{ b: y } = x`. */
export function propertyOf(
  pattern: TSESTree.BindingName,
  variable: Variable,
): string | undefined {
  if (pattern.type !== "ObjectPattern") return undefined;
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const { value } = property;
    const name = value.type === "AssignmentPattern" ? value.left : value;
    if (name.type === "Identifier" && variable.identifiers.includes(name)) {
      return keyName(property.key);
    }
  }
  return undefined;
}

/** `b` for `y` in `[x, y] = await Promise.all([a, b])`. */
export function elementAt(
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
export function isBoundedType(type: TSESTree.TypeNode): boolean {
  if (type.type === "TSTypeOperator" && type.typeAnnotation) {
    return isBoundedType(type.typeAnnotation);
  }
  return (
    type.type === "TSTupleType" &&
    type.elementTypes.every((element) => element.type !== "TSRestType")
  );
}

import type { TSESTree } from "@typescript-eslint/types";
import type { TSESLint } from "@typescript-eslint/utils";
import type { FunctionNode } from "./entry-point.js";

/** What a program expects of one of its parameters. */
export type Parameter =
  | { readonly kind: "boolean"; readonly name: string }
  /** One of the values it is compared with, or another one. */
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly values: readonly unknown[];
    }
  | { readonly kind: "count"; readonly name: string }
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "stream"; readonly name: string }
  /** Something whose members are asked for their truth. */
  | { readonly kind: "record"; readonly name: string }
  /** Something that is only passed on. */
  | { readonly kind: "value"; readonly name: string };

/** A parameter, and where it is read. */
export interface ParameterUse {
  readonly parameter: Parameter;
  readonly reads: readonly TSESTree.Node[];
}

/** Tells from their uses what the parameters of a function are. */
export function parametersOf(
  fn: FunctionNode,
  sourceCode: TSESLint.SourceCode,
): ParameterUse[] {
  const declared = sourceCode.getDeclaredVariables?.(fn) ?? [];
  return fn.params.map((param) => {
    if (param.type !== "Identifier") {
      throw new Error("A parameter has to be a plain name");
    }
    const variable = declared.find(({ name }) => name === param.name);
    const reads = (variable?.references ?? []).map(
      ({ identifier }): TSESTree.Node => identifier,
    );
    return { parameter: parameterOf(param.name, reads), reads };
  });
}

function parameterOf(name: string, uses: readonly TSESTree.Node[]): Parameter {
  const values = uses.flatMap(comparedValues);
  if (values.length > 0) {
    return { kind: "choice", name, values: [...new Set(values)] };
  }
  const kinds = uses.flatMap((use) => kindOfUse(use) ?? []);
  return { kind: kinds[0] ?? "value", name };
}

function comparedValues(use: TSESTree.Node): unknown[] {
  const { parent } = use;
  if (parent?.type === "SwitchStatement") {
    return parent.cases.flatMap(({ test }) => literalValue(test));
  }
  if (parent?.type === "BinaryExpression" && /^[!=]==$/.test(parent.operator)) {
    return literalValue(parent.right);
  }
  return [];
}

function literalValue(node: TSESTree.Node | null): unknown[] {
  return node?.type === "Literal" ? [node.value] : [];
}

/** `items.map`. */
function isMapped({ property }: TSESTree.MemberExpression): boolean {
  return property.type === "Identifier" && property.name === "map";
}

function kindOfUse(
  use: TSESTree.Node,
): "boolean" | "count" | "list" | "record" | "stream" | undefined {
  const { parent } = use;
  switch (parent?.type) {
    case "ForOfStatement":
      if (parent.right !== use) return undefined;
      return parent.await ? "stream" : "list";
    case "BinaryExpression":
      return parent.operator === "<" ? "count" : undefined;
    case "MemberExpression":
      return isMapped(parent) ? "list" : "record";
    case "ConditionalExpression":
    case "DoWhileStatement":
    case "IfStatement":
    case "LogicalExpression":
    case "UnaryExpression":
    case "WhileStatement":
      return "boolean";
    default:
      return undefined;
  }
}

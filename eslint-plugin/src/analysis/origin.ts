import type { TSESTree } from "@typescript-eslint/types";
import { type ImportedName, importedName } from "./imported-name.js";
import { descendantsOf, keyName, memberName, unwrap } from "./tree.js";
import { constantInit, type Variable, type Variables } from "./variables.js";
import type { TSESLint } from "@typescript-eslint/utils";

/** The module a value comes from, and the names by which it was reached. */
export interface Origin {
  readonly module: string;
  readonly names: readonly string[];
}

const maxHops = 8;

/**
 * Where a value comes from: an import, what a call or `new` of an import made,
 * a member of that, a field or a parameter that holds it or has its type.
 */
export function originOf(
  node: TSESTree.Node,
  variables: Variables,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): Origin | undefined {
  return of(node, maxHops);

  function of(node: TSESTree.Node, hops: number): Origin | undefined {
    if (hops === 0) return undefined;
    const expression = unwrap(node);
    const imported = importedName(expression, variables);
    if (imported) return originOfImport(imported);
    switch (expression.type) {
      case "AwaitExpression":
        return of(expression.argument, hops);
      case "CallExpression":
      case "NewExpression":
        return ofResult(expression, hops);
      case "Identifier": {
        const variable = variables.get(expression);
        return variable && ofVariable(variable, hops - 1);
      }
      case "MemberExpression":
        return ofMember(expression, hops);
      default:
        return undefined;
    }
  }

  function ofResult(
    {
      callee,
      arguments: [argument],
    }: TSESTree.CallExpression | TSESTree.NewExpression,
    hops: number,
  ): Origin | undefined {
    const origin = of(callee, hops);
    // `promisify(fs.readFile)` is what it is given.
    return argument && /^(?:node:)?util$/.test(origin?.module ?? "")
      ? of(argument, hops)
      : origin;
  }

  function ofMember(
    member: TSESTree.MemberExpression,
    hops: number,
  ): Origin | undefined {
    const name = memberName(member);
    if (unwrap(member.object).type === "ThisExpression") {
      return name === undefined ? undefined : ofField(member, name, hops - 1);
    }
    const origin = of(member.object, hops);
    return origin && name !== undefined
      ? { ...origin, names: [...origin.names, name] }
      : origin;
  }

  function ofVariable(variable: Variable, hops: number): Origin | undefined {
    const name = variable.defs[0]?.name as TSESTree.Node | undefined;
    const type = name?.type === "Identifier" ? name.typeAnnotation : undefined;
    const init = constantInit(variable);
    return (type && ofType(type)) ?? (init && of(init, hops));
  }

  function ofType({
    typeAnnotation: type,
  }: TSESTree.TSTypeAnnotation): Origin | undefined {
    if (type.type !== "TSTypeReference") return undefined;
    const imported = importedName(type.typeName, variables);
    return imported && originOfImport(imported);
  }

  /** Of `this.name`: as it is declared, or as it is first assigned. */
  function ofField(
    member: TSESTree.Node,
    name: string,
    hops: number,
  ): Origin | undefined {
    const body = enclosingClass(member);
    for (const node of body ? descendantsOf(body, visitorKeys) : []) {
      switch (node.type) {
        case "PropertyDefinition":
          if (keyName(node.key) !== name) break;
          if (node.typeAnnotation) return ofType(node.typeAnnotation);
          if (node.value) return of(node.value, hops);
          break;
        case "TSParameterProperty": {
          const { parameter } = node;
          const left =
            parameter.type === "AssignmentPattern" ? parameter.left : parameter;
          if (left.type === "Identifier" && left.name === name) {
            return left.typeAnnotation && ofType(left.typeAnnotation);
          }
          break;
        }
        case "AssignmentExpression":
          if (
            node.left.type === "MemberExpression" &&
            node.left.object.type === "ThisExpression" &&
            memberName(node.left) === name
          ) {
            return of(node.right, hops);
          }
      }
    }
    return undefined;
  }
}

function originOfImport({ module, name }: ImportedName): Origin {
  return { module, names: name.split(".") };
}

/** The body of the class whose member `node` is in. */
export function enclosingClass(
  node: TSESTree.Node,
): TSESTree.ClassBody | undefined {
  let current: TSESTree.Node | undefined = node;
  while (current && current.type !== "ClassBody") current = current.parent;
  return current;
}

/** The method that `this.name` calls, where its class has one. */
export function ownMethod(
  callee: TSESTree.Node,
): TSESTree.FunctionExpression | undefined {
  if (
    callee.type !== "MemberExpression" ||
    callee.object.type !== "ThisExpression"
  ) {
    return undefined;
  }
  const name = memberName(callee);
  const method = enclosingClass(callee)?.body.find(
    (each) =>
      each.type === "MethodDefinition" &&
      keyName(each.key) === name &&
      name !== undefined,
  );
  return method?.type === "MethodDefinition" &&
    method.value.type === "FunctionExpression"
    ? method.value
    : undefined;
}

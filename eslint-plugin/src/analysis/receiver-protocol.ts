import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { protocols } from "../protocols/index.js";
import type { Protocol } from "../protocols/protocol.js";
import { type ImportedName, importedName } from "./imported-name.js";
import { descendantsOf, keyName, memberName, unwrap } from "./tree.js";
import type { Variable, Variables } from "./variables.js";

/** How many hops (alias, field, default) a receiver is followed back. */
const maxHops = 8;

/**
 * The protocol of the semaphore that an expression holds, judged by where it
 * came from: a construction or a type annotation that names an imported class.
 * A name alone is no evidence.
 */
export function receiverProtocol(
  receiver: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): Protocol | undefined {
  return ofValue(receiver, maxHops);

  function ofValue(node: TSESTree.Node, hops: number): Protocol | undefined {
    if (hops === 0) return undefined;
    switch (node.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        return ofType(node.typeAnnotation) ?? ofValue(node.expression, hops);
      case "NewExpression":
        return rowOf(importedName(node.callee, variables));
      case "AssignmentExpression":
        return ofValue(node.right, hops);
      case "LogicalExpression":
        return ofValue(node.left, hops) ?? ofValue(node.right, hops);
      case "ConditionalExpression":
        return ofValue(node.consequent, hops) ?? ofValue(node.alternate, hops);
      case "Identifier": {
        const variable = variables.get(node);
        return variable && ofVariable(variable, hops - 1);
      }
      case "MemberExpression":
        return ofMember(node, hops - 1);
      default: {
        const inner = unwrap(node);
        return inner === node ? undefined : ofValue(inner, hops);
      }
    }
  }

  function ofVariable(variable: Variable, hops: number): Protocol | undefined {
    for (const name of variable.identifiers) {
      const row = ofAnnotation(name);
      if (row) return row;
    }
    for (const { writeExpr } of variable.references) {
      const row = writeExpr && ofValue(writeExpr, hops);
      if (row) return row;
    }
    return undefined;
  }

  function ofMember(
    node: TSESTree.MemberExpression,
    hops: number,
  ): Protocol | undefined {
    const name = memberName(node);
    if (name === undefined) return undefined;
    const object = unwrap(node.object);
    if (object.type === "ThisExpression") {
      const owner = enclosingClass(node);
      return owner && ofField(owner, name, hops);
    }
    const variable = variables.get(object);
    const definition = variable?.defs[0]?.node;
    if (definition?.type === "ClassDeclaration") {
      return ofField(definition, name, hops);
    }
    const init =
      definition?.type === "VariableDeclarator" ? definition.init : undefined;
    if (init?.type !== "ObjectExpression") return undefined;
    for (const property of init.properties) {
      if (property.type === "Property" && keyName(property.key) === name) {
        return ofValue(property.value, hops);
      }
    }
    return undefined;
  }

  function ofField(
    owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
    name: string,
    hops: number,
  ): Protocol | undefined {
    for (const node of descendantsOf(owner.body, sourceCode.visitorKeys)) {
      const row = fieldEvidence(node, name, hops);
      if (row) return row;
    }
    return undefined;
  }

  function fieldEvidence(
    node: TSESTree.Node,
    name: string,
    hops: number,
  ): Protocol | undefined {
    switch (node.type) {
      case "PropertyDefinition":
        if (keyName(node.key) !== name) return undefined;
        return (
          (node.typeAnnotation && ofType(node.typeAnnotation.typeAnnotation)) ??
          (node.value ? ofValue(node.value, hops) : undefined)
        );
      case "TSParameterProperty": {
        const { parameter } = node;
        const target =
          parameter.type === "AssignmentPattern" ? parameter.left : parameter;
        if (target.type !== "Identifier" || target.name !== name) {
          return undefined;
        }
        return ofAnnotation(target) ?? ofValue(parameter, hops);
      }
      case "AssignmentExpression":
        return node.left.type === "MemberExpression" &&
          node.left.object.type === "ThisExpression" &&
          memberName(node.left) === name
          ? ofValue(node.right, hops)
          : undefined;
      default:
        return undefined;
    }
  }

  function ofAnnotation(name: TSESTree.Node): Protocol | undefined {
    return name.type === "Identifier" && name.typeAnnotation
      ? ofType(name.typeAnnotation.typeAnnotation)
      : undefined;
  }

  function ofType(type: TSESTree.TypeNode): Protocol | undefined {
    switch (type.type) {
      case "TSTypeReference":
        return rowOf(importedName(type.typeName, variables));
      case "TSUnionType":
        return type.types.map(ofType).find((row) => row !== undefined);
      default:
        return undefined;
    }
  }
}

function rowOf(origin: ImportedName | undefined): Protocol | undefined {
  return (
    origin &&
    protocols.find(
      (row) =>
        row.module === origin.module && row.classes.includes(origin.name),
    )
  );
}

function enclosingClass(
  node: TSESTree.Node,
): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === "ClassDeclaration" || at.type === "ClassExpression") {
      return at;
    }
    // An ordinary function has a `this` of its own, unless it is a method.
    if (at.type === "FunctionDeclaration") return undefined;
    if (
      at.type === "FunctionExpression" &&
      at.parent.type !== "MethodDefinition"
    ) {
      return undefined;
    }
  }
  return undefined;
}

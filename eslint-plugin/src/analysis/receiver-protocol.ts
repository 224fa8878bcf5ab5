import type { TSESTree } from "@typescript-eslint/types";
import type { Protocol } from "../protocols/protocol.js";
import type { File } from "./file.js";
import { homeMadeProtocol } from "./home-made.js";
import { type ImportedName, importedName } from "./imported-name.js";
import { protocolByType } from "./receiver-type.js";
import { descendantsOf, keyName, memberName, unwrap } from "./tree.js";
import { destructured, type Variable } from "./variables.js";

/** How many hops (alias, field, default) a receiver is followed back. */
const maxHops = 8;

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/**
 * The protocol of the semaphore that an expression holds, judged by where it
 * came from: the construction or the type annotation of a class that is
 * imported, or that is declared in this file and has the shape of a semaphore;
 * else by its type, where there is a type checker. A name alone is no evidence.
 */
export function receiverProtocol(
  receiver: TSESTree.Node,
  file: File,
): Protocol | undefined {
  const { sourceCode, variables, table } = file;
  return ofValue(receiver, maxHops) ?? protocolByType(receiver, file);

  function ofValue(node: TSESTree.Node, hops: number): Protocol | undefined {
    if (hops === 0) return undefined;
    switch (node.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        return ofType(node.typeAnnotation) ?? ofValue(node.expression, hops);
      case "NewExpression":
        return ofClass(node.callee, hops);
      case "CallExpression":
        return ofCall(node, hops);
      case "AwaitExpression":
        return ofValue(node.argument, hops);
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

  function ofClass(node: TSESTree.Node, hops: number): Protocol | undefined {
    if (hops === 0) return undefined;
    const row =
      rowOf("classes", importedName(node, variables)) ?? globalRow(node);
    if (row || node.type !== "Identifier") return row;
    const definition = variables.get(node)?.defs[0]?.node;
    switch (definition?.type) {
      case "ClassDeclaration":
        return ofDeclaration(definition, hops);
      case "VariableDeclarator":
        return definition.init?.type === "ClassExpression"
          ? ofDeclaration(definition.init, hops)
          : undefined;
      default:
        return undefined;
    }
  }

  function ofDeclaration(
    declaration: ClassNode,
    hops: number,
  ): Protocol | undefined {
    return (
      homeMadeProtocol(declaration, sourceCode.visitorKeys) ??
      (declaration.superClass
        ? ofClass(declaration.superClass, hops - 1)
        : undefined)
    );
  }

  function ofCall(
    call: TSESTree.CallExpression,
    hops: number,
  ): Protocol | undefined {
    const origin = importedName(call.callee, variables);
    const [decorated] = call.arguments;
    return (
      rowOf("factories", origin) ??
      (decorated && rowOf("wrappers", origin)
        ? ofValue(decorated, hops - 1)
        : undefined)
    );
  }

  function rowOf(
    kind: "classes" | "factories" | "wrappers",
    origin: ImportedName | undefined,
  ): Protocol | undefined {
    return (
      origin &&
      table.rows.find(
        (row) =>
          row.modules.includes(origin.module) &&
          row[kind]?.includes(origin.name),
      )
    );
  }

  /** A class of the platform, that is, of no name declared here. */
  function globalRow(node: TSESTree.Node): Protocol | undefined {
    if (node.type !== "Identifier") return undefined;
    const isDeclared = (variables.get(node)?.defs.length ?? 0) > 0;
    return isDeclared
      ? undefined
      : table.rows.find(
          (row) => row.modules.length === 0 && row.classes?.includes(node.name),
        );
  }

  function ofVariable(variable: Variable, hops: number): Protocol | undefined {
    for (const name of variable.identifiers) {
      const row = ofAnnotation(name);
      if (row) return row;
    }
    const taken = destructured(variable);
    if (taken) return ofMemberNamed(taken.member, taken.from, hops);
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
    return name === undefined
      ? undefined
      : ofMemberNamed(name, node.object, hops);
  }

  function ofMemberNamed(
    name: string,
    whole: TSESTree.Node,
    hops: number,
  ): Protocol | undefined {
    const object = unwrap(whole);
    if (object.type === "ThisExpression") {
      const owner = enclosingClass(object);
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
    owner: ClassNode,
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

  function ofType(
    type: TSESTree.TypeNode,
    hops = maxHops,
  ): Protocol | undefined {
    switch (type.type) {
      case "TSTypeReference":
        return ofClass(type.typeName, hops);
      case "TSUnionType":
        return type.types
          .map((each) => ofType(each, hops))
          .find((row) => row !== undefined);
      default:
        return undefined;
    }
  }
}

function enclosingClass(node: TSESTree.Node): ClassNode | undefined {
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

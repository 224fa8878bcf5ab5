import type { TSESTree } from "@typescript-eslint/types";
import { keyName, memberName, unwrap } from "./tree.js";
import type { Variable, Variables } from "./variables.js";

/**
 * An export of a module, or a member of one (`promises.open`); `name` is `"*"`
 * for the module as a whole.
 */
export interface ImportedName {
  readonly module: string;
  readonly name: string;
}

/**
 * The export that an expression or a type name stands for, through `import`,
 * `import x = require()`, `require()`, `await import()`, destructuring and
 * members of a namespace.
 */
export function importedName(
  node: TSESTree.Node,
  variables: Variables,
): ImportedName | undefined {
  const expression = unwrap(node);
  switch (expression.type) {
    case "Identifier": {
      const variable = variables.get(expression);
      return variable && importedBy(variable, variables);
    }
    case "MemberExpression": {
      const name = memberName(expression);
      return name === undefined
        ? undefined
        : memberOf(importedName(expression.object, variables), name);
    }
    case "TSQualifiedName":
      return memberOf(
        importedName(expression.left, variables),
        expression.right.name,
      );
    case "CallExpression":
      return isRequire(expression)
        ? wholeModule(expression.arguments[0])
        : undefined;
    case "AwaitExpression":
      return expression.argument.type === "ImportExpression"
        ? wholeModule(expression.argument.source)
        : undefined;
    default:
      return undefined;
  }
}

function importedBy(
  variable: Variable,
  variables: Variables,
): ImportedName | undefined {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || !definition) return undefined;
  const { node, parent } = definition;
  switch (node.type) {
    case "ImportSpecifier":
      return named(parent, keyName(node.imported));
    case "ImportDefaultSpecifier":
      return named(parent, "default");
    case "ImportNamespaceSpecifier":
      return named(parent, "*");
    case "TSImportEqualsDeclaration":
      return node.moduleReference.type === "TSExternalModuleReference"
        ? wholeModule(node.moduleReference.expression)
        : undefined;
    case "VariableDeclarator": {
      if (!node.init) return undefined;
      if (node.id.type === "Identifier") {
        return importedName(node.init, variables);
      }
      const property = propertyBinding(node.id, variable);
      return property === undefined
        ? undefined
        : memberOf(importedName(node.init, variables), property);
    }
    default:
      return undefined;
  }
}

function propertyBinding(
  pattern: TSESTree.DestructuringPattern,
  variable: Variable,
): string | undefined {
  if (pattern.type !== "ObjectPattern") return undefined;
  for (const property of pattern.properties) {
    if (
      property.type === "Property" &&
      property.value.type === "Identifier" &&
      variable.identifiers.includes(property.value)
    ) {
      return keyName(property.key);
    }
  }
  return undefined;
}

function memberOf(
  object: ImportedName | undefined,
  name: string,
): ImportedName | undefined {
  if (!object) return undefined;
  const { module } = object;
  // A CommonJS module imported as a default is the module as a whole.
  return object.name === "*" || object.name === "default"
    ? { module, name }
    : { module, name: `${object.name}.${name}` };
}

function named(
  declaration: TSESTree.Node | null | undefined,
  name: string | undefined,
): ImportedName | undefined {
  return declaration?.type === "ImportDeclaration" && name !== undefined
    ? { module: declaration.source.value, name }
    : undefined;
}

function wholeModule(
  source: TSESTree.Node | undefined,
): ImportedName | undefined {
  return source?.type === "Literal" && typeof source.value === "string"
    ? { module: source.value, name: "*" }
    : undefined;
}

function isRequire(call: TSESTree.CallExpression): boolean {
  return call.callee.type === "Identifier" && call.callee.name === "require";
}

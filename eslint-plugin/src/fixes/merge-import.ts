import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { type Edit, insertAt } from "./edit.js";
import { indentOfLine } from "./layout.js";
import { topLevelOf } from "./top-level.js";

/**
 * Makes `name` of `module` available at `use`: by what the file imports of it
 * already, merged into an import or a `require` that is there, or by a new one
 * of the kind the file uses. Undefined where the name means something else at
 * `use`.
 */
export function mergeImport(
  name: string,
  module: string,
  use: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
  isDefault = false,
): { readonly edits: Edit[]; readonly expression: string } | undefined {
  const body = topLevelOf(sourceCode);
  const imports = body.filter(
    (statement): statement is TSESTree.ImportDeclaration =>
      statement.type === "ImportDeclaration",
  );
  const existing = imports.filter(
    ({ source, importKind }) =>
      source.value === module && importKind !== "type",
  );
  for (const { specifiers } of existing) {
    for (const specifier of specifiers) {
      const { local } = specifier;
      if (isDefault) {
        if (specifier.type !== "ImportDefaultSpecifier") continue;
        return { edits: [], expression: local.name };
      }
      if (specifier.type === "ImportNamespaceSpecifier") {
        return { edits: [], expression: `${local.name}.${name}` };
      }
      if (isNamed(specifier, name)) {
        return { edits: [], expression: local.name };
      }
    }
  }
  if (isDefault) {
    // What has a default export is no CommonJS module to be required.
    if (isTaken(name, use, sourceCode) || isCommonJs(body, sourceCode)) {
      return undefined;
    }
    const edit = newImport(name, module, body, imports, sourceCode);
    return edit && { edits: [edit], expression: name };
  }
  const pattern = body
    .map((each) => requirePattern(each, module))
    .find(Boolean);
  const bound = pattern?.properties.find(
    (property) =>
      property.type === "Property" &&
      property.key.type === "Identifier" &&
      property.key.name === name,
  );
  if (bound?.type === "Property" && bound.value.type === "Identifier") {
    return { edits: [], expression: bound.value.name };
  }

  if (isTaken(name, use, sourceCode)) return undefined;
  const edit =
    existing
      .map((each) => addSpecifier(each, name, sourceCode))
      .find(Boolean) ??
    (pattern && addProperty(pattern, name)) ??
    newImport(`{ ${name} }`, module, body, imports, sourceCode);
  return edit && { edits: [edit], expression: name };
}

function isNamed(
  specifier: TSESTree.ImportClause,
  name: string,
): specifier is TSESTree.ImportSpecifier {
  return (
    specifier.type === "ImportSpecifier" &&
    specifier.importKind !== "type" &&
    specifier.imported.type === "Identifier" &&
    specifier.imported.name === name
  );
}

function addSpecifier(
  { specifiers }: TSESTree.ImportDeclaration,
  name: string,
  sourceCode: TSESLint.SourceCode,
): Edit | undefined {
  const last = specifiers.at(-1);
  if (last?.type === "ImportSpecifier") {
    return insertAt(last.range[1], `, ${name}`);
  }
  if (last?.type !== "ImportDefaultSpecifier") return undefined;
  const next = sourceCode.getTokenAfter(last);
  // `import sg, {} from` has braces already.
  return next?.value === ","
    ? undefined
    : insertAt(last.range[1], `, { ${name} }`);
}

function addProperty(
  { properties }: TSESTree.ObjectPattern,
  name: string,
): Edit | undefined {
  const last = properties.at(-1);
  return last?.type === "Property"
    ? insertAt(last.range[1], `, ${name}`)
    : undefined;
}

/** The pattern of `const { … } = require("module")`. */
function requirePattern(
  statement: TSESTree.Node,
  module: string,
): TSESTree.ObjectPattern | undefined {
  const declarator = requireDeclarator(statement);
  return declarator?.id.type === "ObjectPattern" &&
    declarator.init?.type === "CallExpression" &&
    declarator.init.arguments[0]?.type === "Literal" &&
    declarator.init.arguments[0].value === module
    ? declarator.id
    : undefined;
}

function requireDeclarator(
  statement: TSESTree.Node,
): TSESTree.VariableDeclarator | undefined {
  if (statement.type !== "VariableDeclaration") return undefined;
  return statement.declarations.find(
    ({ init }) =>
      init?.type === "CallExpression" &&
      init.callee.type === "Identifier" &&
      init.callee.name === "require",
  );
}

function isTaken(
  name: string,
  use: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): boolean {
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope?.(use) ?? null;
  for (; scope; scope = scope.upper) {
    if (scope.set.has(name)) return true;
    if (
      scope.type === "global" &&
      scope.through.some(({ identifier }) => identifier.name === name)
    ) {
      return true;
    }
  }
  return false;
}

/** Whether a file requires what it needs. */
function isCommonJs(
  body: readonly TSESTree.ProgramStatement[],
  { ast }: TSESLint.SourceCode,
): boolean {
  return (
    ast.sourceType === "script" ||
    (body.every(({ type }) => type !== "ImportDeclaration") &&
      body.some((each) => requireDeclarator(each) !== undefined) &&
      !hasExports(body))
  );
}

function newImport(
  clause: string,
  module: string,
  body: readonly TSESTree.ProgramStatement[],
  imports: readonly TSESTree.ImportDeclaration[],
  sourceCode: TSESLint.SourceCode,
): Edit | undefined {
  const [first] = body;
  if (!first) return undefined;
  const { text } = sourceCode;
  const requires = body.filter((each) => requireDeclarator(each) !== undefined);
  const usesRequire = isCommonJs(body, sourceCode);
  const after =
    (usesRequire ? requires : imports).at(-1) ?? lastDirective(body);
  const quote = quoteOf(sourceCode);
  const semi = semicolonOf(after ?? first, sourceCode);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const source = `${quote}${module}${quote}`;
  const statement = usesRequire
    ? `const ${clause} = require(${source})${semi}`
    : `import ${clause} from ${source}${semi}`;
  if (after) {
    const indent = indentOfLine(after.range[0], text);
    return insertAt(after.range[1], eol + indent + statement);
  }
  // What stands before the script block of a component isn't code.
  if (sourceCode.getTokenBefore(first)) {
    const indent = indentOfLine(first.range[0], text);
    return insertAt(first.range[0], statement + eol + indent);
  }
  return insertAt(startOfCode(first, text), statement + eol + eol);
}

function hasExports(body: readonly TSESTree.ProgramStatement[]): boolean {
  return body.some(({ type }) => type.startsWith("Export"));
}

function lastDirective(
  body: readonly TSESTree.ProgramStatement[],
): TSESTree.Node | undefined {
  const directives = body.filter(
    (statement) =>
      statement.type === "ExpressionStatement" &&
      statement.directive !== undefined,
  );
  return directives.at(-1);
}

/** Where the code begins, behind a shebang and a comment on the whole file. */
function startOfCode(first: TSESTree.Node, text: string): number {
  const shebang = /^#!.*(\r?\n)*/.exec(text)?.[0].length ?? 0;
  const banner = /^\s*\/\*[\s\S]*?\*\/\r?\n(\r?\n)+/.exec(
    text.slice(shebang, first.range[0]),
  );
  return shebang + (banner?.[0].length ?? 0);
}

function quoteOf({ ast }: TSESLint.SourceCode): string {
  const string = ast.tokens.find(
    ({ type, value }) => type === "String" && /^["']/.test(value),
  );
  return string?.value[0] ?? '"';
}

function semicolonOf(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): string {
  const text = sourceCode.getText(statement);
  // What ends in a brace may do so in either hand.
  const ends = text.endsWith("}")
    ? sourceCode.ast.tokens.some(isNeedlessSemicolon)
    : text.endsWith(";");
  return ends ? ";" : "";
}

/** Whether nothing follows that needs it: who writes none would leave it out. */
function isNeedlessSemicolon(
  { value, loc }: TSESTree.Token,
  index: number,
  tokens: readonly TSESTree.Token[],
): boolean {
  const next = tokens[index + 1];
  return (
    value === ";" &&
    (next?.loc.start.line !== loc.end.line || next.value === "}")
  );
}

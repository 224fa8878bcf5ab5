import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { contains, enclosingFunction } from "../analysis/tree.js";
import { type Variable, variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt } from "./edit.js";
import type { GuardedRegion } from "./guarded-region.js";
import type { Layout } from "./layout.js";

/**
 * Declares what a region makes and the code after it uses before the acquire,
 * so that a block can go around the region: `let x;` and in the region
 * `x = await load();`. Undefined where a declaration is more than that, or where
 * a function captures the variable: TypeScript no longer knows its type there.
 */
export function hoistDeclarations(
  { acquire, statements, tail }: GuardedRegion,
  { indent, eol, semi }: Layout,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const used = outlivingVariables({ statements, tail }, sourceCode);
  const hoisted = new Set<TSESTree.LetOrConstOrVarDeclaration>();
  for (const variable of used) {
    const declaration = declarationOf(variable);
    if (declaration?.kind === "var") continue;
    if (!declaration || !statements.includes(declaration)) return undefined;
    if (!isOnlyUsedIn(enclosingFunction(acquire), declaration, sourceCode)) {
      return undefined;
    }
    hoisted.add(declaration);
  }
  const lines: string[] = [];
  const edits: Edit[] = [];
  for (const declaration of hoisted) {
    const [declarator] = declaration.declarations;
    if (!declarator || declaration.declarations.length > 1) return undefined;
    const { id, init } = declarator;
    const names = sourceCode.scopeManager
      ?.getDeclaredVariables(declaration)
      .map(({ name }) => name);
    if (!init || !names) return undefined;
    if (sourceCode.commentsExistBetween(declaration, init)) return undefined;
    const { typeAnnotation } = id;
    const start = declaration.range[0];
    if (id.type === "Identifier") {
      const type = typeAnnotation ? sourceCode.getText(typeAnnotation) : "";
      lines.push(`let ${id.name}${type}${semi}`);
      edits.push({ range: [start, init.range[0]], text: `${id.name} = ` });
    } else {
      if (typeAnnotation || semi === "" || !isPlain(id)) return undefined;
      lines.push(`let ${names.join(", ")}${semi}`);
      const [open, close] = id.type === "ObjectPattern" ? ["(", ")"] : ["", ""];
      const pattern = sourceCode.getText(id);
      edits.push(
        { range: [start, init.range[0]], text: `${open}${pattern} = ` },
        insertAt(init.range[1], close),
      );
    }
  }
  const text = lines.map((line) => line + eol + indent).join("");
  return text === "" ? [] : [insertAt(acquire.range[0], text), ...edits];
}

function outlivingVariables(
  { statements, tail }: Pick<GuardedRegion, "statements" | "tail">,
  sourceCode: TSESLint.SourceCode,
): Variable[] {
  const isIn = (
    place: readonly TSESTree.Statement[],
    node: TSESTree.Node,
  ): boolean => place.some((statement) => contains(statement, node));
  return [...new Set(variablesOf(sourceCode).values())].filter(
    ({ defs, references }) =>
      defs.some(({ name }) => isIn(statements, name)) &&
      references.some(({ identifier }) => isIn(tail, identifier)),
  );
}

function declarationOf({
  defs: [definition],
}: Variable): TSESTree.LetOrConstOrVarDeclaration | undefined {
  const declaration =
    definition?.node.type === "VariableDeclarator"
      ? definition.node.parent
      : undefined;
  return declaration?.kind === "const" ||
    declaration?.kind === "let" ||
    declaration?.kind === "var"
    ? declaration
    : undefined;
}

function isOnlyUsedIn(
  owner: TSESTree.Node | undefined,
  declaration: TSESTree.Node,
  { scopeManager }: TSESLint.SourceCode,
): boolean {
  const declared = scopeManager?.getDeclaredVariables(declaration) ?? [];
  return declared.every(({ references }) =>
    references.every(
      ({ identifier }) => enclosingFunction(identifier) === owner,
    ),
  );
}

/** Whether an assignment may have the pattern as it is. */
function isPlain(
  pattern: TSESTree.ArrayPattern | TSESTree.ObjectPattern,
): boolean {
  return pattern.type === "ObjectPattern" || pattern.elements.length > 0;
}

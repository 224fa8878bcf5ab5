import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import {
  contains,
  enclosingFunction,
  type FunctionNode,
} from "../analysis/tree.js";
import { type Variable, variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt, removeStatement } from "./edit.js";
import { type GuardedRegion, outlivingVariables } from "./guarded-region.js";
import type { Layout } from "./layout.js";

/** Declarations to put before a block, and what they leave in it. */
export interface Hoisted {
  readonly declarations: readonly string[];
  readonly edits: readonly Edit[];
}

/**
 * Declares what a region makes and the code after it uses before the region, so
 * that a block can go around that: `let x;` and in the region
 * `x = await load();`. Undefined where a declaration is more than that, or where
 * TypeScript would no longer know the variable's type in a function.
 */
export function hoistDeclarations(
  region: Pick<GuardedRegion, "start" | "statements" | "tail">,
  { semi }: Layout,
  sourceCode: TSESLint.SourceCode,
): Hoisted | undefined {
  const { start: place, statements } = region;
  const used = outlivingVariables(region, variablesOf(sourceCode));
  const hoisted = new Map<TSESTree.LetOrConstOrVarDeclaration, Variable[]>();
  for (const variable of used) {
    const declaration = declarationOf(variable);
    if (declaration?.kind === "var") continue;
    if (!declaration || !statements.includes(declaration)) return undefined;
    hoisted.set(declaration, [...(hoisted.get(declaration) ?? []), variable]);
  }
  const declarations: string[] = [];
  const edits: Edit[] = [];
  for (const [declaration, outliving] of hoisted) {
    const [declarator] = declaration.declarations;
    if (!declarator || declaration.declarations.length > 1) return undefined;
    const { id, init } = declarator;
    if (!init || init.type === "Literal") {
      // The end of the block is written behind the last statement.
      if (declaration === statements.at(-1)) return undefined;
      // Made early it is the same, since nothing comes before it.
      declarations.push(sourceCode.getText(declaration));
      edits.push(removeStatement(declaration, sourceCode));
      continue;
    }
    const names = sourceCode.scopeManager
      ?.getDeclaredVariables(declaration)
      .map(({ name }) => name);
    if (!names) return undefined;
    const equals = sourceCode.getTokenBefore(init, isEquals);
    if (!equals) return undefined;
    if (sourceCode.commentsExistBetween(declaration, equals)) return undefined;
    const { typeAnnotation } = id;
    if (
      !outliving.every(
        (each) =>
          isTypeStated(typeAnnotation) ||
          isTypeKnown(each, enclosingFunction(place), region, sourceCode),
      )
    ) {
      return undefined;
    }
    const start = declaration.range[0];
    const end = equals.range[1];
    if (id.type === "Identifier") {
      const type = typeAnnotation ? sourceCode.getText(typeAnnotation) : "";
      declarations.push(`let ${id.name}${type}${semi}`);
      edits.push({ range: [start, end], text: `${id.name} =` });
    } else {
      if (typeAnnotation || !isPlain(id)) return undefined;
      declarations.push(`let ${names.join(", ")}${semi}`);
      const [open, close] = id.type === "ObjectPattern" ? ["(", ")"] : ["", ""];
      // Without a semicolon it would go on from the line before.
      const guard = semi === "" ? ";" : "";
      const pattern = sourceCode.getText(id);
      edits.push(
        { range: [start, end], text: `${guard}${open}${pattern} =` },
        insertAt(declarator.range[1], close),
      );
    }
  }
  return { declarations, edits };
}

function isEquals({ value }: TSESTree.Token): boolean {
  return value === "=";
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

/** Whether an annotation says all, so that no assignment narrows the type. */
function isTypeStated(
  annotation: TSESTree.TSTypeAnnotation | undefined,
): boolean {
  switch (annotation?.typeAnnotation.type) {
    case "TSAnyKeyword":
    case "TSArrayType":
    case "TSBooleanKeyword":
    case "TSNumberKeyword":
    case "TSStringKeyword":
      return true;
    default:
      return false;
  }
}

/**
 * Whether the type of a variable that only an assignment gives is known at every
 * use: in its own function, and in one made after the region, if nothing assigns
 * it again. Where no TypeScript parses the file, no use has a type.
 */
function isTypeKnown(
  { references }: Variable,
  owner: FunctionNode | undefined,
  { tail }: Pick<GuardedRegion, "tail">,
  { parserServices }: TSESLint.SourceCode,
): boolean {
  if (Object.keys(parserServices ?? {}).length === 0) return true;
  const captures = references.filter(
    ({ identifier }) => enclosingFunction(identifier) !== owner,
  );
  return (
    captures.length === 0 ||
    (references.every((each) => each.init || !each.isWrite()) &&
      captures.every(
        ({ identifier }) =>
          tail.some((statement) => contains(statement, identifier)) &&
          isOnlyInExpressions(identifier, owner),
      ))
  );
}

/** Whether every function between a node and its owner is an expression. */
function isOnlyInExpressions(
  node: TSESTree.Node,
  owner: FunctionNode | undefined,
): boolean {
  const fn = enclosingFunction(node);
  if (fn === owner) return true;
  return (
    fn !== undefined &&
    fn.type !== "FunctionDeclaration" &&
    fn.parent.type !== "MethodDefinition" &&
    isOnlyInExpressions(fn, owner)
  );
}

/** Whether an assignment may have the pattern as it is. */
function isPlain(
  pattern: TSESTree.ArrayPattern | TSESTree.ObjectPattern,
): boolean {
  return pattern.type === "ObjectPattern" || pattern.elements.length > 0;
}

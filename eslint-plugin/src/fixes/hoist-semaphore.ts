import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { PerCallSemaphore } from "../analysis/facts.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  keyName,
  wrapped,
} from "../analysis/tree.js";
import { isReassigned, variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt, replace } from "./edit.js";
import { indentOfLine } from "./layout.js";
import { takeStatement, type TakenStatement } from "./take-statement.js";

/** Where a semaphore goes, and the edits that bring it there. */
export interface HoistedSemaphore {
  readonly place: "field" | "module";
  readonly edits: Edit[];
}

/**
 * One semaphore for all calls instead of one for each: a field, where a method
 * makes it, or a constant of the module. Only where nothing in its declaration
 * belongs to the call, its name means nothing else in its new place, and no
 * permit of it is left behind, which would then be missing for good.
 */
export function hoistSemaphore(
  semaphore: PerCallSemaphore,
  sourceCode: TSESLint.SourceCode,
): HoistedSemaphore[] {
  const { construction, owner, leavesPermits } = semaphore;
  const declarator = wrapped(construction).parent;
  if (leavesPermits || declarator?.type !== "VariableDeclarator") return [];
  const declaration = declarator.parent;
  const method = methodOf(owner);
  const statement = sourceCode.ast.body.find((each) =>
    contains(each, declaration),
  );
  // A function in a function may be made anew for each who is to be limited.
  const isOutermost = !enclosingFunction(method ?? owner);
  if (
    !statement ||
    !isOutermost ||
    declaration.declarations.length > 1 ||
    declaration.parent.type !== "BlockStatement" ||
    !declarator.init ||
    isReassigned(semaphore.variable)
  ) {
    return [];
  }
  const taken = takeStatement(declaration, sourceCode);
  const at = insertionPoint(declarator, statement, owner, sourceCode);
  if (at === undefined) return [];
  const field = method && asField(semaphore, method, taken, sourceCode);
  const module = asConstant(semaphore, at, taken, sourceCode);
  return [
    ...(field ? [{ place: "field" as const, edits: field }] : []),
    ...(module ? [{ place: "module" as const, edits: module }] : []),
  ];
}

function asConstant(
  { variable }: PerCallSemaphore,
  at: InsertionPoint,
  taken: TakenStatement,
  { scopeManager }: TSESLint.SourceCode,
): Edit[] | undefined {
  for (let scope = variable.scope.upper; scope; scope = scope.upper) {
    if (scope.set.has(variable.name)) return undefined;
  }
  const isGlobal = scopeManager?.globalScope?.through.some(
    ({ identifier }) => identifier.name === variable.name,
  );
  if (isGlobal) return undefined;
  const { eol, removal, text } = taken;
  const lines = at.isAfter ? eol + eol + text : text + eol + eol;
  return [insertAt(at.offset, lines), removal];
}

function asField(
  { variable, construction }: PerCallSemaphore,
  method: TSESTree.MethodDefinition,
  { comments, eol, removal, semi }: TakenStatement,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const body = method.parent;
  const [first] = body.body;
  const keys = body.body.map((each) =>
    "key" in each ? (keyName(each.key) ?? "") : "",
  );
  // Whoever calls the method without its object has to be able to go on.
  const usesThis = descendantsOf(method.value, sourceCode.visitorKeys).some(
    ({ type }) => type === "ThisExpression",
  );
  const fields = body.body.filter(({ type }) => type === "PropertyDefinition");
  const isPrivateByType =
    !keys.some((key) => key.startsWith("#")) &&
    body.body.some(
      (each) => "accessibility" in each && each.accessibility === "private",
    );
  const name = isPrivateByType ? variable.name : `#${variable.name}`;
  const [definition] = variable.defs;
  if (
    !first ||
    !definition ||
    fields.length === 0 ||
    !usesThis ||
    method.static ||
    method.kind === "constructor" ||
    keys.includes(name) ||
    first.loc.start.line === body.loc.start.line
  ) {
    return undefined;
  }
  const indent = indentOfLine(first.range[0], sourceCode.text);
  const id = definition.name as TSESTree.Identifier;
  const type = id.typeAnnotation ? sourceCode.getText(id.typeAnnotation) : "";
  const value = sourceCode.getText(wrapped(construction));
  const ends = semi || (/^[[*(]/.test(sourceCode.getText(first)) ? ";" : "");
  const lines = [
    ...comments,
    `${isPrivateByType ? "private readonly " : ""}${name}${type} = ${value}${ends}`,
  ];
  return [
    insertAt(first.range[0], lines.map((line) => line + eol + indent).join("")),
    removal,
    ...variable.references
      .filter(({ init }) => !init)
      .map(({ identifier }) => replace(identifier, `this.${name}`)),
  ];
}

interface InsertionPoint {
  readonly offset: number;
  /** Whether the statement comes behind what is there. */
  readonly isAfter: boolean;
}

/**
 * Where in the module all that a declaration reads is there already, and nobody
 * has called the function yet: before the statement that the function is in, or
 * behind the imports. Undefined where it reads what belongs to the call.
 */
function insertionPoint(
  declarator: TSESTree.VariableDeclarator,
  statement: TSESTree.ProgramStatement,
  owner: FunctionNode,
  sourceCode: TSESLint.SourceCode,
): InsertionPoint | undefined {
  const imports = sourceCode.ast.body.filter(
    ({ type }) => type === "ImportDeclaration",
  );
  const [comment] = sourceCode
    .getCommentsBefore(statement)
    .slice(leadingFrom(statement, sourceCode));
  const before = (comment ?? statement).range[0];
  const lastImport = imports.at(-1);
  const [fn] =
    owner.type === "FunctionDeclaration"
      ? (sourceCode.scopeManager?.getDeclaredVariables(owner) ?? [])
      : [];
  const isCalledSooner = fn?.references.some(
    ({ identifier }) => identifier.range[0] < before,
  );
  const point: InsertionPoint | undefined = !isCalledSooner
    ? { offset: before, isAfter: false }
    : lastImport && { offset: lastImport.range[1], isAfter: true };
  return point && readsNothingAfter(declarator, point.offset, sourceCode)
    ? point
    : undefined;
}

/** The comments right above a statement, by the index of the first. */
function leadingFrom(
  statement: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): number {
  const comments = sourceCode.getCommentsBefore(statement);
  let line = statement.loc.start.line;
  let index = comments.length;
  while (index > 0 && comments[index - 1]!.loc.end.line >= line - 1) {
    index--;
    line = comments[index]!.loc.start.line;
  }
  return index;
}

function readsNothingAfter(
  declarator: TSESTree.VariableDeclarator,
  offset: number,
  sourceCode: TSESLint.SourceCode,
): boolean {
  const variables = variablesOf(sourceCode);
  const construction = declarator.init;
  return descendantsOf(declarator, sourceCode.visitorKeys).every((node) => {
    if (node === declarator || node === declarator.id) return true;
    if (node.type === "Identifier") {
      const variable = variables.get(node);
      if (!variable || variable.defs.length === 0) {
        // `arguments` has no definition either, but a function for its scope.
        return !variable || variable.scope.type === "global";
      }
      return (
        variable.scope.block.type === "Program" &&
        !isReassigned(variable) &&
        variable.defs.every(
          ({ node: { type, range } }) =>
            /^(?:Import|TSInterface|TSTypeAlias)/.test(type) ||
            range[1] <= offset,
        )
      );
    }
    return (
      isConstantForm(node) ||
      (node.type === "NewExpression" &&
        construction &&
        contains(node, construction)) ||
      node.type.startsWith("TS")
    );
  });
}

/** What has the same value whenever it is evaluated, given its parts have. */
function isConstantForm({ type }: TSESTree.Node): boolean {
  switch (type) {
    case "ArrayExpression":
    case "BinaryExpression":
    case "ConditionalExpression":
    case "Literal":
    case "LogicalExpression":
    case "MemberExpression":
    case "ObjectExpression":
    case "Property":
    case "TemplateElement":
    case "TemplateLiteral":
    case "UnaryExpression":
      return true;
    default:
      return false;
  }
}

function methodOf(owner: FunctionNode): TSESTree.MethodDefinition | undefined {
  const { parent } = owner;
  return parent.type === "MethodDefinition" && parent.value === owner
    ? parent
    : undefined;
}

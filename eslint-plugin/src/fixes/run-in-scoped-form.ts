import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ScopedForm } from "../protocols/protocol.js";
import { scopedFormFor } from "../analysis/acquire-sites.js";
import { declaredIn } from "../analysis/declared-in.js";
import type { Leak } from "../analysis/facts.js";
import { contains, descendantsOf, unwrap } from "../analysis/tree.js";
import { type Variables, variablesOf } from "../analysis/variables.js";
import { type Edit, replace } from "./edit.js";
import {
  crossingsOf,
  outlivingVariables,
  type PlainRegion,
} from "./guarded-region.js";
import { layoutAt } from "./layout.js";
import { wrapRegion } from "./wrap-region.js";

/** A permit that a function holds. */
type Held = Pick<Leak, "owner" | "site">;

/**
 * `await mutex.runExclusive(async () => { … });`, or with `return` where the
 * region is all that is left of the function.
 */
export function runInScopedForm(
  leak: Held,
  region: PlainRegion,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { site, owner } = leak;
  const scoped = scopedFormFor(site);
  const variables = variablesOf(sourceCode);
  if (!scoped || !site.receiver || owner.generator) return undefined;
  // The form waits, which an acquire that has its permit at once does not.
  if (site.use !== "awaited") return undefined;
  if (outlivingVariables(region, variables).length > 0) return undefined;
  // TypeScript takes the call to go on after it, and would ask for a value there.
  if (region.statements.at(-1)?.type === "ThrowStatement") return undefined;
  if (assignsOuterVariable(leak, region, variables)) return undefined;

  const crossings = crossingsOf(region, sourceCode);
  const returns = crossings.length > 0;
  const endsFunction =
    region.acquire.parent === owner.body && region.tail.length === 0;
  const onlyReturns = crossings.every(({ type }) => type === "ReturnStatement");
  if (returns && !(onlyReturns && endsFunction)) return undefined;

  const parameter = parameterOf(leak, region, sourceCode);
  if (parameter === undefined) return undefined;

  const layout = layoutAt(region.acquire, sourceCode);
  const keyword = returns ? "return" : "await";
  const call = `${sourceCode.getText(site.receiver)}.${scoped.method}`;
  const args = site.call.arguments.map((each) => sourceCode.getText(each));
  const index = scoped.callback ?? 0;
  if (args.length < index) return undefined;
  const before = args.slice(0, index).map((text) => `${text}, `);
  const after = args.slice(index).map((text) => `, ${text}`);
  const head = `${keyword} ${call}(${before.join("")}`;
  const end = `${after.join("")})${layout.semi}`;

  const sole = soleExpression(region, sourceCode);
  if (sole) {
    const fn = arrow(parameter, sole.expression, scoped, sourceCode);
    return [replace(sole, head + fn + end)];
  }
  return wrapRegion(
    region,
    {
      acquire: `${head}async (${parameter}) => {`,
      opening: [],
      closing: [`}${end}`],
    },
    layout,
    sourceCode,
  );
}

/**
 * The parameter that takes the place of what the acquire bound: empty where
 * the region has no use for it, undefined where the form cannot pass it on.
 */
function parameterOf(
  leak: Held,
  region: PlainRegion,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const { acquire } = region;
  if (acquire.type === "ExpressionStatement") return "";
  const used = sourceCode.scopeManager
    ?.getDeclaredVariables(acquire)
    .filter((variable) =>
      variable.references.some(
        ({ init, identifier }) => !init && !isSuperfluous(identifier, region),
      ),
    );
  const [only] = used ?? [];
  if (!used || !only) return "";
  const target = acquire.declarations[0].id;
  switch (leak.site.protocol.scoped?.passes) {
    case "permit":
      return target.type === "Identifier" ? target.name : undefined;
    case "value":
      return used.length === 1 &&
        target.type === "ArrayPattern" &&
        target.elements[0]?.type === "Identifier" &&
        target.elements[0].name === only.name
        ? only.name
        : undefined;
    default:
      return undefined;
  }
}

function isSuperfluous(
  identifier: TSESTree.Node,
  { release, guard, earlyReleases }: PlainRegion,
): boolean {
  return [release, guard?.release, ...earlyReleases].some(
    (statement) => statement && contains(statement, identifier),
  );
}

/** A variable that a closure assigns is no longer narrowed or known assigned. */
function assignsOuterVariable(
  { owner }: Held,
  { statements }: PlainRegion,
  variables: Variables,
): boolean {
  const inRegion = (node: TSESTree.Node) =>
    statements.some((statement) => contains(statement, node));
  return declaredIn([owner], variables).some(
    ({ defs, references }) =>
      defs.some(({ name }) => contains(owner, name) && !inRegion(name)) &&
      references.some(
        (reference) => reference.isWrite() && inRegion(reference.identifier),
      ),
  );
}

/**
 * The expression of a region that is a single one, perhaps returned, and the
 * range from the acquire to the region's end, where no comment stands in it.
 */
function soleExpression(
  { acquire, statements, release, guard, earlyReleases }: PlainRegion,
  sourceCode: TSESLint.SourceCode,
): { expression: TSESTree.Expression; range: TSESTree.Range } | undefined {
  const isGuarded =
    guard?.growth === "begin" && statements[0] === guard.statement;
  const body = isGuarded ? guard.statement.block.body : statements;
  const [statement] = body;
  if (!statement || body.length > 1 || earlyReleases.length > 0) {
    return undefined;
  }
  const last = release ?? (isGuarded ? guard.statement : statement);
  if (sourceCode.commentsExistBetween(acquire, last)) return undefined;
  if (isGuarded && sourceCode.getCommentsInside(last).length > 0) {
    return undefined;
  }
  const expression = soleValue(statement);
  return expression && { expression, range: [acquire.range[0], last.range[1]] };
}

function soleValue(
  statement: TSESTree.Statement,
): TSESTree.Expression | undefined {
  if (statement.type === "ReturnStatement") {
    return statement.argument ?? undefined;
  }
  // A value that is not awaited would be awaited once the form returned it.
  return statement.type === "ExpressionStatement" &&
    statement.expression.type === "AwaitExpression"
    ? statement.expression
    : undefined;
}

function arrow(
  parameter: string,
  body: TSESTree.Expression,
  scoped: ScopedForm,
  sourceCode: TSESLint.SourceCode,
): string {
  const value = body.type === "AwaitExpression" ? body.argument : body;
  const awaits =
    scoped.async === true ||
    [...descendantsOf(value, sourceCode.visitorKeys)].some(
      ({ type }) => type === "AwaitExpression",
    );
  const text = sourceCode.getText(value);
  const isObject = unwrap(value).type === "ObjectExpression";
  return `${awaits ? "async " : ""}(${parameter}) => ${isObject ? `(${text})` : text}`;
}

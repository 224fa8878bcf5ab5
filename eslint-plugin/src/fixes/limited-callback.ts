import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import { enclosingFunction } from "../analysis/tree.js";
import { constantFunction, variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt } from "./edit.js";
import { freeName } from "./free-name.js";
import { hasTypes } from "./has-types.js";
import { layoutAt } from "./layout.js";
import type { LimitPackage } from "./limiters.js";
import { mergeImport } from "./merge-import.js";
import { isWaitedFor, promiseListOf } from "./promise-list.js";

/**
 * `const limit = pLimit(10);` and `limit(() => …)` around what the callback of a
 * map does. Undefined where the callback is a function with a `this` of its own,
 * where the limiter would be shared by several calls of the function, and where
 * other code runs before the promises are awaited: the calls begin no sooner.
 */
export function limitedCallback(
  { call, start }: ConcurrentMap,
  { name: module, make }: LimitPackage,
  limit: number,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (start.kind !== "map" && start.kind !== "from") return undefined;
  const { callback, call: made } = start;
  const statement = statementAround(made);
  if (!statement || made.typeArguments || call.arguments.length !== 1) {
    return undefined;
  }
  const list = promiseListOf(call, made, sourceCode);
  if (!list || list.later || !isWaitedFor(call)) return undefined;
  const name = freeName("limit", callback, sourceCode);
  const limited = limitedBy(name, callback, sourceCode);
  const imported = mergeImport(make, module, call, sourceCode, true);
  if (!limited || !imported) return undefined;
  const { indent, eol, semi } = layoutAt(statement, sourceCode);
  const declaration = `const ${name} = ${imported.expression}(${limit})${semi}`;
  return [
    ...imported.edits,
    insertAt(statement.range[0], declaration + eol + indent),
    ...limited,
  ];
}

function limitedBy(
  name: string,
  callback: TSESTree.Expression,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (callback.type === "Identifier") {
    const handedOn = argumentsFor(callback, sourceCode);
    if (handedOn === undefined) return undefined;
    return [
      insertAt(callback.range[0], `(${handedOn}) => ${name}(`),
      insertAt(callback.range[1], `, ${handedOn})`),
    ];
  }
  if (callback.type !== "ArrowFunctionExpression") return undefined;
  const arrow = sourceCode.getTokenBefore(
    callback.body,
    ({ value }) => value === "=>",
  );
  const body = arrow && sourceCode.getTokenAfter(arrow);
  const [first, second] = sourceCode.getFirstTokens(callback, 2);
  if (!body || !first || !second) return undefined;
  return [
    ...(callback.async
      ? [{ range: [first.range[0], second.range[0]], text: "" } satisfies Edit]
      : []),
    insertAt(body.range[0], `${name}(${callback.async ? "async " : ""}() => `),
    insertAt(callback.range[1], ")"),
  ];
}

/**
 * What a function is to be called with, as many as it takes: TypeScript refuses
 * more. Undefined where their number isn't known and there are types.
 */
function argumentsFor(
  callback: TSESTree.Identifier,
  sourceCode: TSESLint.SourceCode,
): string | undefined {
  const variable = variablesOf(sourceCode).get(callback);
  const params = variable && constantFunction(variable)?.params;
  const isKnown =
    params !== undefined &&
    params.length > 0 &&
    params.length <= 3 &&
    params.every(({ type }) => type !== "RestElement");
  if (!isKnown) return hasTypes(sourceCode) ? undefined : "...args";
  return ["item", "index", "items"]
    .slice(0, params.length)
    .map((wish) => freeName(wish, callback, sourceCode))
    .join(", ");
}

/** The statement of a block that runs in the same call of the function. */
function statementAround(node: TSESTree.Node): TSESTree.Node | undefined {
  const owner = enclosingFunction(node);
  for (
    let at: TSESTree.Node | undefined = node;
    at && at !== owner;
    at = at.parent
  ) {
    const { parent } = at;
    if (parent?.type === "BlockStatement" || parent?.type === "Program") {
      return at;
    }
  }
  return undefined;
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { ConcurrentMap } from "../analysis/facts.js";
import { enclosingFunction } from "../analysis/tree.js";
import { type Edit, insertAt } from "./edit.js";
import { freeName } from "./free-name.js";
import { layoutAt } from "./layout.js";
import { mergeImport } from "./merge-import.js";

/**
 * `const limit = pLimit(10);` and `limit(() => …)` around what the callback of a
 * map does. Undefined where the callback is a function with a `this` of its own,
 * or where the limiter would be shared by several calls of the function.
 */
export function limitedCallback(
  { call, start }: ConcurrentMap,
  limit: number,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  if (start.kind === "push") return undefined;
  const { callback } = start;
  const statement = statementAround(start.call);
  if (!statement || start.call.arguments[1] === callback) return undefined;
  const name = freeName("limit", callback, sourceCode);
  const limited = limitedBy(name, callback, sourceCode);
  const imported = mergeImport("pLimit", "p-limit", call, sourceCode, true);
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
    return [
      insertAt(callback.range[0], `(...args) => ${name}(`),
      insertAt(callback.range[1], ", ...args)"),
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

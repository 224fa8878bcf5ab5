import type { TSESTree } from "@typescript-eslint/types";
import { isFunction } from "./tree.js";
import { namesIn } from "./words.js";

/** Functions of test frameworks: what a test starts at once, it means to. */
const testFunctions = new Set(
  `after afterAll afterEach before beforeAll beforeEach bench describe it setup
   suite suiteSetup suiteTeardown teardown test`.split(/\s+/),
);

/** A transaction runs on one connection, one query after the other. */
const transactionFunction = /transaction$/i;

/** Whether `node` is in a function that is given to a test or a transaction. */
export function isSetApart(node: TSESTree.Node): boolean {
  for (let current = node.parent; current; current = current.parent) {
    const call = current.parent;
    if (!isFunction(current) || call?.type !== "CallExpression") continue;
    if (call.callee === current) continue;
    const names = namesIn(call.callee);
    if (testFunctions.has(names[0] ?? "")) return true;
    if (transactionFunction.test(names.at(-1) ?? "")) return true;
  }
  return false;
}

import type { TSESTree } from "@typescript-eslint/types";
import { memberName, unwrap } from "./tree.js";

/** The words of a name in lower case: `get`, `user`, `ids` for `getUserIds`. */
export function wordsOf(name: string): string[] {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** Whether one of the words, in the singular or the plural, is in the set. */
export function hasWord(
  words: readonly string[],
  set: ReadonlySet<string>,
): boolean {
  return words.some((word) => set.has(word) || set.has(singular(word)));
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:[sx]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/**
 * The names an expression is made of, calls included: `db`, `users`, `find`
 * for `db.users.find` and `db.users().find`.
 */
export function namesIn(node: TSESTree.Node): string[] {
  const expression = unwrap(node);
  switch (expression.type) {
    case "Identifier":
      return [expression.name];
    case "AwaitExpression":
      return namesIn(expression.argument);
    case "CallExpression":
    case "NewExpression":
      return namesIn(expression.callee);
    case "MemberExpression": {
      const name = memberName(expression);
      return [
        ...namesIn(expression.object),
        ...(name === undefined ? [] : [name.replace(/^#/, "")]),
      ];
    }
    case "TaggedTemplateExpression":
      return namesIn(expression.tag);
    default:
      return [];
  }
}

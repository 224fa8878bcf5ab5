import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { textSource } from "./io-modules.js";
import { originOf } from "./origin.js";
import { isOwnPlace } from "./own-files.js";
import { memberName, unwrap } from "./tree.js";
import type { Variables } from "./variables.js";

const maxHops = 6;

/** Methods whose result has about the lines of the text it is made of. */
const textMethods = new Set(
  `replace replaceAll toString trim trimEnd trimStart`.split(" "),
);

/** Whether a text is read from a file or from what a process prints. */
export function isTextFromOutside(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): boolean {
  return isFromOutside(node, maxHops);

  function isFromOutside(node: TSESTree.Node, hops: number): boolean {
    if (hops === 0) return false;
    const text = unwrap(node);
    switch (text.type) {
      case "AwaitExpression":
        return isFromOutside(text.argument, hops);
      case "MemberExpression":
        return (
          memberName(text) === "stdout" && isFromOutside(text.object, hops)
        );
      case "Identifier": {
        const declarator = variables.get(text)?.defs[0]?.node;
        return (
          declarator?.type === "VariableDeclarator" &&
          declarator.init !== null &&
          isFromOutside(declarator.init, hops - 1)
        );
      }
      case "CallExpression": {
        const origin = originOf(text.callee, variables, sourceCode.visitorKeys);
        switch (origin && textSource(origin)) {
          case "file":
            return !isOwnPlace(text, sourceCode, variables);
          case "process":
            return true;
        }
        const callee = unwrap(text.callee);
        return (
          callee.type === "MemberExpression" &&
          textMethods.has(memberName(callee) ?? "") &&
          isFromOutside(callee.object, hops)
        );
      }
      default:
        return false;
    }
  }
}

/** `"\n"`, `/\r?\n/`, `EOL`. */
export function isLineBreak(separator: TSESTree.Node): boolean {
  switch (separator.type) {
    case "Literal":
      return /\n|\\n/.test(
        "regex" in separator
          ? separator.regex.pattern
          : String(separator.value),
      );
    case "Identifier":
      return separator.name === "EOL";
    default:
      return (
        separator.type === "MemberExpression" && memberName(separator) === "EOL"
      );
  }
}

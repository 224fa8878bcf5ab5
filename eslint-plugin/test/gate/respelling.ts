import fc from "fast-check";
import * as typescriptParser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/types";

type Token = TSESTree.Token;

/** What may stand between any two tokens without a change of meaning. */
const gaps = [
  " ",
  "/**/",
  " /* acquire(x) */ ",
  "/* a\u00e9 ( */",
  "\u00a0",
  " /* > */",
] as const;

/** What may stand where a statement can't end: behind these tokens. */
const brokenGaps = ["\n", "\r\n  ", " // note (\n", "\n/* a\n*/\n"] as const;

const openEnds = new Set(["(", "[", ",", ".", "=", "=>", "&&", "||", "?."]);

/** Names with a meaning of their own, which escapes would take from them. */
const reserved =
  /^(?:as|async|await|class|const|else|extends|finally|for|from|function|if|import|let|new|of|return|super|switch|case|break|default|export|null|require|satisfies|static|string|this|throw|true|false|try|type|typeof|undefined|using|var|void|while|yield|catch|readonly|private|constructor|exports)$/;

/**
 * The same program in other words: with comments and white space between the
 * tokens, and names and strings in part spelt with escapes.
 */
export function respellings(code: string): fc.Arbitrary<string> {
  const tokens = tokensOf(code);
  return fc
    .tuple(...tokens.map((token, index) => spelling(token, tokens[index + 1])))
    .map((parts) => parts.join(""));
}

function tokensOf(code: string): readonly Token[] {
  const { ast } = typescriptParser.parseForESLint(code, {
    range: true,
    tokens: true,
  });
  return ast.tokens ?? [];
}

function spelling(token: Token, next: Token | undefined): fc.Arbitrary<string> {
  const isOpen = openEnds.has(token.value) || next?.value === ".";
  // A line break where there was one keeps statements apart.
  const isBreak = next && next.loc.start.line > token.loc.end.line;
  const between = isBreak
    ? fc.constantFrom("\n", "\n  /* ( */ ")
    : fc.constantFrom(...gaps, ...(isOpen ? brokenGaps : []));
  return fc
    .tuple(tokenSpelling(token), next ? between : fc.constant(""))
    .map((parts) => parts.join(""));
}

function tokenSpelling({ type, value }: Token): fc.Arbitrary<string> {
  const kind: string = type;
  switch (kind) {
    case "Identifier":
      return reserved.test(value)
        ? fc.constant(value)
        : fc.oneof(fc.constant(value), escaped(value, ["u", "u{}"]));
    case "String": {
      const [quote = ""] = value;
      return fc.oneof(
        fc.constant(value),
        escaped(value.slice(1, -1), ["u", "u{}", "x"]).map(
          (content) => quote + content + quote,
        ),
      );
    }
    default:
      return fc.constant(value);
  }
}

/** A text of which one character is written as an escape. */
function escaped(
  text: string,
  kinds: readonly ("u" | "u{}" | "x")[],
): fc.Arbitrary<string> {
  if (!/^[\w/.@-]+$/.test(text)) return fc.constant(text);
  return fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom(...kinds))
    .map(([at, kind]) => {
      const hex = text.charCodeAt(at).toString(16);
      const escape = {
        u: `\\u${hex.padStart(4, "0")}`,
        "u{}": `\\u{${hex}}`,
        x: `\\x${hex.padStart(2, "0")}`,
      }[kind];
      return text.slice(0, at) + escape + text.slice(at + 1);
    });
}

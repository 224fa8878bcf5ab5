/**
 * Calls `found` for each word that a text may call, with the place behind the
 * opening parenthesis.
 */
export type FindCalls = (
  text: string,
  found: (word: string, behind: number) => void,
) => void;

/**
 * Compiles a finder of calls of some words, in which `*` stands for any word
 * characters. It doesn't parse: each opening parenthesis is looked behind, for
 * `acquire(`, `acquire (`, `acquire?.(`, `acquire!(`, `acquire<T>(`,
 * `["acquire"](` or `(sem.acquire)(`, comments in between included. What is
 * found may stand in a comment or be declared; what is called is found, unless
 * it is spelt with escapes, or a line break comes before the parenthesis and a
 * string with `//` before the name. Cost: some tenths of a nanosecond for each
 * character.
 */
export function findCalls(words: readonly string[]): FindCalls {
  const matches = wordMatcher(words);
  const starts = new Uint8Array(ascii * ascii);
  const ends = new Uint8Array(ascii * ascii);
  for (const word of words) {
    mark(starts, word.charCodeAt(0), word.charCodeAt(1));
    mark(ends, word.charCodeAt(0), word.charCodeAt(word.length - 1));
  }

  return (text, found) => {
    const hasTypeArguments = lookBehindEach("(", text, found);
    if (hasTypeArguments) lookBehindEach("<", text, found);
  };

  /** Returns whether type arguments stand before one, or what looks like them. */
  function lookBehindEach(
    opener: "(" | "<",
    text: string,
    found: (word: string, behind: number) => void,
  ): boolean {
    let hasTypeArguments = false;
    let open = text.indexOf(opener);
    for (; open !== -1; open = text.indexOf(opener, open + 1)) {
      let last = open - 1;
      let code = text.charCodeAt(last);
      // Most often a keyword stands before the space.
      if (code === space) code = text.charCodeAt(--last);
      if (!isInName[code]) {
        if (!maySeparate[code]) continue;
        last = skipBack(text, last);
        code = text.charCodeAt(last);
        if (!isInName[code]) {
          hasTypeArguments ||= text[last] === ">" && text[last - 1] !== "=";
          continue;
        }
      }
      let first = last;
      while (isInName[text.charCodeAt(first - 1)]) first--;
      const start = text.charCodeAt(first);
      const next = text.charCodeAt(first + 1);
      const isLikely =
        start >= ascii ||
        (ends[start * ascii + code] && starts[start * ascii + next]);
      if (!isLikely) continue;
      const word = text.slice(first, last + 1);
      if (matches(word)) found(word, open + 1);
    }
    return hasTypeArguments;
  }
}

/** Whether a name is one of some words, in which `*` stands for any. */
export function wordMatcher(
  words: readonly string[],
): (name: string) => boolean {
  const exact = new Set(words.filter((word) => !word.includes("*")));
  const open = words.filter((word) => word.includes("*"));
  const pattern = new RegExp(
    `^(?:${open.map((word) => word.split("*").map(escaped).join("[\\w$]*")).join("|")})$`,
  );
  return (name) => exact.has(name) || (open.length > 0 && pattern.test(name));
}

/** A text to be found by a regular expression as it is. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

const space = " ".charCodeAt(0);
const star = "*".charCodeAt(0);
const codes = 0x10000;
const ascii = 0x80;

function isSpace(code: number): boolean {
  return /\s/.test(String.fromCharCode(code));
}

/** By code: whether it may be of a name, as nearly all outside of ASCII is taken to be. */
const isInName = Uint8Array.from({ length: codes }, (_, code) =>
  Number(
    code >= ascii ? !isSpace(code) : /[\w$]/.test(String.fromCharCode(code)),
  ),
);

/** By code: whether it may stand between a name and the parenthesis. */
const maySeparate = Uint8Array.from({ length: codes }, (_, code) =>
  Number(/[\s.!>\])/]/.test(String.fromCharCode(code))),
);

/** Marks a pair of characters in a table of all in ASCII; a star is any. */
function mark(pairs: Uint8Array, first: number, second: number): void {
  for (const each of codesFor(first)) {
    for (const other of codesFor(second)) pairs[each * ascii + other] = 1;
  }
}

function codesFor(code: number): readonly number[] {
  if (code !== star && code < ascii) return [code];
  return Array.from({ length: ascii }, (_, each) => each);
}

/** Where a name may end at or before `at`: what may stand behind is skipped. */
function skipBack(text: string, at: number): number {
  for (let end = at; ; end--) {
    switch (text[end]) {
      case "\n": {
        // A line comment may end here.
        const line = text.lastIndexOf("\n", end - 1) + 1;
        const comment = text.indexOf("//", line);
        if (comment !== -1 && comment < end) end = comment;
        break;
      }
      case "/": {
        if (text[end - 1] !== "*") return end;
        const comment = text.lastIndexOf("/*", end - 2);
        if (comment === -1) return end;
        end = comment;
        break;
      }
      case ".":
      case "?":
      case "!":
      case "]":
      case ")":
      case '"':
      case "'":
      case "`":
        break;
      default:
        if (!isSpace(text.charCodeAt(end))) return end;
    }
  }
}

import { byUse } from "./by-use.js";
import { findCalls, wordMatcher } from "./called-words.js";
import { homeMadeShapes } from "./home-made.js";
import type { Protocol } from "./protocol.js";

/**
 * What the code in a text may do, by the words in it. What is false, no code in
 * it does; what is true, some code may do, or a comment may say.
 */
export interface Mentions {
  /** Acquire a permit. */
  readonly acquires: boolean;
  /** Acquire by calling a receiver itself. */
  readonly callsReceiver: boolean;
  /** Acquire by a function that a module exports. */
  readonly callsExport: boolean;
  /** Run a function with a permit, in the form of a library. */
  readonly runsScoped: boolean;
  /** Swap in a new semaphore for another. */
  readonly swaps: boolean;
  /** Wait for many promises that are made at once. */
  readonly startsTogether: boolean;
}

/** Reads what a text mentions; `isTyped` where a type checker knows the text. */
export type ReadMentions = (text: string, isTyped: boolean) => Mentions;

const combinators = ["all", "allSettled", "any", "race"];
const importers = ["import", "require"];

const isByUse = wordMatcher(byUse.flatMap(({ methods }) => methods));

const homeMadeMethods = homeMadeShapes.flatMap(methodsOf);
/** A method that is declared as a field. */
const homeMadeField = new RegExp(
  `\\b(?:${homeMadeMethods.join("|")})\\b["'\`\\]?!\\s]*[:=]`,
);

/**
 * Compiles the reader for the rows of a table. It looks at each of a text's
 * characters a few times, and at no syntax.
 */
export function mentionsReader(rows: readonly Protocol[]): ReadMentions {
  const modules = new Set(rows.flatMap((row) => row.modules));
  const byMethod = grouped(rows, methodsOf);
  const byScopedMethod = grouped(rows, ({ scoped }) =>
    scoped ? [scoped.method] : [],
  );
  const callable = groupOf(
    rows.filter(({ acquire }) => acquire.some(({ method }) => method === "")),
  );
  const exporting = rows.filter(({ acquire }) =>
    acquire.some(({ exported }) => exported),
  );
  const limiting = groupOf(rows.filter(({ limitsByObject }) => limitsByObject));
  const scan = findCalls([
    ...byUse.flatMap(({ methods }) => methods),
    ...byMethod.keys(),
    ...byScopedMethod.keys(),
    ...homeMadeMethods,
    ...combinators,
    ...importers,
  ]);

  return (text, isTyped) => {
    const called = new Set<string>();
    const imported = new Set<string>();
    read(text);
    const isSpelt = text.includes("\\u") || text.includes("\\x");
    const plain = isSpelt ? unescaped(text) : text;
    if (isSpelt) read(plain);

    const isAnyCalled = called.size > 0;
    const callsReceiver = isAnyAtHand(callable);
    const callsExport =
      imported.size > 0 &&
      exporting.some((row) => isImported(row) && isExportNamed(row));
    return {
      acquires: callsReceiver || callsExport || callsMethod(),
      callsReceiver,
      callsExport,
      runsScoped: isAnyCalled && isCalled(byScopedMethod),
      swaps: swaps(),
      startsTogether: isAnyCalled && startsTogether(),
    };

    function read(written: string): void {
      scan(written, (word, behind) => {
        if (importers.includes(word)) readModule(written, behind);
        else called.add(word);
      });
      let from = written.indexOf("from");
      for (; from !== -1; from = written.indexOf("from", from + 4)) {
        readModule(written, from + 4);
      }
    }

    function readModule(written: string, at: number): void {
      const name = stringAt(written, at);
      if (name !== undefined && modules.has(name)) imported.add(name);
    }

    function callsMethod(): boolean {
      return (
        isAnyCalled &&
        (isCalled(byMethod) || isHomeMadeCalled() || some(called, isByUse))
      );
    }

    function startsTogether(): boolean {
      return (
        combinators.some((word) => called.has(word)) &&
        plain.includes("Promise") &&
        /\b(?:map|flatMap|from|push)\b/.test(plain)
      );
    }

    function swaps(): boolean {
      const isAny = isAnyAtHand(limiting) || isHomeMadeDeclared();
      const first = isAny ? plain.indexOf("new") : -1;
      return first !== -1 && plain.includes("new", first + 3);
    }

    function isCalled(
      rowsByMethod: ReadonlyMap<string, readonly Protocol[]>,
    ): boolean {
      return some(
        called,
        (word) => rowsByMethod.get(word)?.some(isAtHand) ?? false,
      );
    }

    function isAnyAtHand({ rows, isEverAtHand }: Group): boolean {
      return (
        (isTyped || isEverAtHand || imported.size > 0) && rows.some(isAtHand)
      );
    }

    /** Whether a receiver of a row may be in the file. */
    function isAtHand(row: Protocol): boolean {
      return isOfPlatform(row) || (isTyped && !!row.classes) || isImported(row);
    }

    function isImported(row: Protocol): boolean {
      return (
        imported.size > 0 && row.modules.some((each) => imported.has(each))
      );
    }

    function isExportNamed({ acquire }: Protocol): boolean {
      return acquire.some(
        ({ exported, method }) =>
          exported &&
          (method === "*" ||
            method === "default" ||
            method.split(".").every((part) => plain.includes(part))),
      );
    }

    /** Nothing is known of the objects of a class that is declared elsewhere. */
    function isHomeMadeCalled(): boolean {
      return (
        homeMadeMethods.some((method) => called.has(method)) &&
        plain.includes("class")
      );
    }

    function isHomeMadeDeclared(): boolean {
      return (
        plain.includes("class") &&
        (isHomeMadeCalled() || homeMadeField.test(plain))
      );
    }
  };
}

/** The string that stands at a place, or behind white space and comments there. */
function stringAt(text: string, at: number): string | undefined {
  let start = text[at] === " " ? at + 1 : at;
  if (!isQuote(text[start])) {
    separators.lastIndex = start;
    if (!separators.test(text)) return undefined;
    start = separators.lastIndex;
  }
  const quote = text[start];
  if (quote === undefined || !isQuote(quote)) return undefined;
  const end = text.indexOf(quote, start + 1);
  return end === -1 ? undefined : text.slice(start + 1, end);
}

const separators = /(?:\s|\/\*[^]*?\*\/|\/\/.*)+/y;

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === "`";
}

/** Rows that are looked for together. */
interface Group {
  readonly rows: readonly Protocol[];
  /** Whether one is of the platform, so that nothing need be imported. */
  readonly isEverAtHand: boolean;
}

function groupOf(rows: readonly Protocol[]): Group {
  return { rows, isEverAtHand: rows.some(isOfPlatform) };
}

function isOfPlatform({ modules }: Protocol): boolean {
  return modules.length === 0;
}

function methodsOf({ acquire }: Protocol): string[] {
  return acquire.flatMap(({ exported, method }) =>
    exported || method === "" ? [] : [method],
  );
}

function grouped(
  rows: readonly Protocol[],
  wordsOf: (row: Protocol) => readonly string[],
): Map<string, Protocol[]> {
  const groups = new Map<string, Protocol[]>();
  for (const row of rows) {
    for (const word of wordsOf(row)) {
      const group = groups.get(word);
      if (group) group.push(row);
      else groups.set(word, [row]);
    }
  }
  return groups;
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}

/** A text in which `\u0061`, `\u{61}` and `\x61` read `a`. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2}))/gi,
    (whole, ...digits: (string | undefined)[]) => {
      const hex = digits.slice(0, 3).find((each) => each !== undefined) ?? "";
      const code = parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

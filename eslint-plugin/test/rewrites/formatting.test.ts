import assert from "node:assert/strict";
import {
  lintProgram,
  offeredRewrites,
  type Program,
} from "./offered-rewrites.js";
import { invalidCases } from "./rule-cases.js";

interface Hand {
  /** What a rewrite can't be written with in this hand. */
  readonly unless?: RegExp;
  /** What must be in a program for a rewrite to learn the hand from it. */
  readonly shows: RegExp;
  readonly write: (text: string) => string;
}

const indented = /^ {2}/m;

/** How others would write the same program. */
const hands: Readonly<Record<string, Hand>> = {
  "with CRLF": {
    shows: /\n/,
    write: (text) => text.replaceAll("\n", "\r\n"),
  },
  "with tabs": {
    shows: indented,
    write: (text) =>
      text.replace(/^(?: {2})+/gm, (indent) => "\t".repeat(indent.length / 2)),
  },
  "with four spaces": {
    shows: indented,
    write: (text) => text.replace(/^(?: {2})+/gm, (indent) => indent.repeat(2)),
  },
  "without semicolons": {
    // Where more follows on a line, a statement needs its semicolon.
    shows: /^(?:(?!;[^\n])[^])*;(?:\n|$)(?:(?!;[^\n])[^])*$/,
    // A line that begins like this would go on with the one before.
    unless: /^\s*[([]/m,
    write: (text) => text.replace(/;$/gm, ""),
  },
  "in single quotes": {
    shows: /"/,
    write: (text) => text.replaceAll('"', "'"),
  },
};

const oddities = {
  before: "\n/* odd:\t spaces   */  \n\n",
  after: "\n\n\n// odd:\t spaces   \n  ;[]\n",
};

// A template keeps its lines as they are, and each quote means another thing.
const cases = (await invalidCases()).filter(
  ({ code }) => !/[`'\t\r]|\/\*|^#!|^"use/m.test(code),
);

function rewritesOf(program: Program): string[] {
  return offeredRewrites(program, lintProgram(program)).map(
    ({ output }) => output,
  );
}

describe("A rewrite follows the hand of the file", () => {
  const seen = new Set<string>();
  for (const program of cases) {
    const key = `${program.rule} ${program.code}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const outputs = rewritesOf(program);
    if (outputs.length === 0) continue;

    for (const [hand, { shows, unless, write }] of Object.entries(hands)) {
      if (!shows.test(program.code)) continue;
      if (unless && outputs.some((output) => unless.test(output))) continue;
      it(`${hand}: ${program.rule}, ${program.name}`, () => {
        const code = write(program.code);
        assert.deepEqual(rewritesOf({ ...program, code }), outputs.map(write));
      });
    }

    it(`and leaves all else: ${program.rule}, ${program.name}`, () => {
      const { before, after } = oddities;
      const code = before + program.code + after;
      for (const output of rewritesOf({ ...program, code })) {
        assert.ok(output.endsWith(after), output);
        assert.ok(output.includes(before.trim()), output);
      }
    });
  }
});

import type { ProgramNames } from "./program-names.js";

/** How a permit that is held can be given back, in the words of the program. */
export interface Handle {
  /** Statements that release, each for itself. */
  readonly releases: readonly string[];
  /** Expressions by which somebody else can release, as a callback would. */
  readonly gifts: readonly string[];
  /** The permit itself, where it is an object that somebody may borrow. */
  readonly loan?: string;
  /** Whether the release is left to the body of what holds it, or to nobody. */
  readonly isLeftToBody?: boolean;
  /** Whether a helper gives it back through its semaphore. */
  readonly isHelpedByReceiver?: boolean;
}

/** What a `break` or `continue` may aim at. */
export interface JumpTarget {
  readonly kind: "loop" | "switch" | "block";
  readonly label: string | undefined;
}

/** What the code around a fragment offers to it. */
export interface Scope {
  readonly names: ProgramNames;
  /** The permits in reach, the latest last. */
  readonly held: readonly Handle[];
  /** From the outermost to the innermost. */
  readonly targets: readonly JumpTarget[];
  readonly flags: readonly string[];
  /** Those of them that the code may set. */
  readonly settable: readonly string[];
  /** The variable of the innermost loop over records. */
  readonly item: string | undefined;
  readonly canYield: boolean;
  /** Whether the code is that of a method, whose class may have fields. */
  readonly isMethod: boolean;
  /** Whether the code is in a loop, functions in between left aside. */
  readonly isRepeated: boolean;
  /**
   * Whether the code runs beside other rounds of itself. Which of their permits
   * a semaphore then takes a release for is open: there they are given back by
   * what the acquire returned.
   */
  readonly isBesideItself: boolean;
  /** Whether what a `return` gives comes to the caller of the program. */
  readonly returnsToCaller: boolean;
}

/** A piece of a program that is written out where it is known what is around. */
export type Fragment = (scope: Scope) => string[];

/** An expression that is written out in the same way. */
export type Expression = (scope: Scope) => string;

/** Writes statements one after another, up to the first that never completes. */
export function sequence(fragments: readonly Fragment[]): Fragment {
  return (scope) => {
    const lines: string[] = [];
    for (const fragment of fragments) {
      lines.push(...fragment(scope));
      if (endsInJump(lines)) break;
    }
    return lines;
  };
}

/** Whether the statement that was written last leaves the block it is in. */
export function endsInJump(lines: readonly string[]): boolean {
  return /^(return|throw|break|continue)\b/.test(lines.at(-1) ?? "");
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Writes `head {`, the lines, and `}`. */
export function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...indent(lines), "}"];
}

/** Joins `} else {`, `} catch {` and the like to the block before. */
export function joinBlocks(...blocks: readonly string[][]): string[] {
  return blocks.reduce((joined, next) =>
    joined.length === 0
      ? next
      : [
          ...joined.slice(0, -1),
          `${joined.at(-1)!} ${next[0]!}`,
          ...next.slice(1),
        ],
  );
}

/** Whether a permit is given back through its semaphore, be it by a helper. */
export function isByReceiver(handle: Handle): boolean {
  return (
    handle.isHelpedByReceiver === true ||
    handle.releases.some((each) =>
      /\b(?:sema|mutex|slots)\d*\.release/.test(each),
    )
  );
}

/** One of several, by a number that may be any. */
export function pick<T>(choices: readonly T[], number: number): T {
  return choices[number % choices.length]!;
}

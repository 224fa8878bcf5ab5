import { compileFunction } from "node:vm";
import type { TSESLint } from "@typescript-eslint/utils";
import typescript from "typescript";
import { explore } from "./decision-script.js";
import { entryPointOf, storesOf } from "./entry-point.js";
import { instrument, type Site } from "./instrument.js";
import { instrumentedModules } from "./instrumented-semaphore.js";
import {
  type Compiled,
  type LoadedProgram,
  ProgramPath,
} from "./program-path.js";

/** What came of a permit on one path that went wrong. */
export interface BadPath {
  /** Everything that was decided on the path, in order. */
  readonly decisions: readonly string[];
  /**
   * Whether the path needs an ordinary call to throw while the permit is held,
   * one that is not awaited.
   */
  readonly needsCallThrow: boolean;
}

/** The truth about one acquire, over all outcomes of the program. */
export interface SiteTruth extends Site {
  /**
   * A path that leaves the function with the permit held, none on which a call
   * threw meanwhile that can hardly throw.
   */
  leak: BadPath | undefined;
  doubleRelease: BadPath | undefined;
  /** A path that releases although the acquire gave no permit. */
  vainRelease: BadPath | undefined;
  /** Whether some path acquires here. */
  acquired: boolean;
  /** Whether some path releases the permit. */
  released: boolean;
  /** Whether the permit is given back through its semaphore. */
  byReceiver: boolean;
}

/** The truth about a program. */
export interface Truth {
  readonly sites: readonly SiteTruth[];
  /** A path that releases a semaphore from which nothing was acquired. */
  readonly releaseWithoutAcquire: BadPath | undefined;
  readonly paths: number;
  /** Whether every path was run; without, what was not seen may still be. */
  readonly complete: boolean;
}

const { ScriptTarget, transpile } = typescript;

const silentConsole = new Proxy({}, { get: () => () => undefined });

/** Paths after which a program counts as too long to be run to its end. */
const maxPaths = 1000;

/**
 * Runs a program over all its outcomes. The program is a CommonJS module that
 * ends with the function to run. What it calls but doesn't define may return
 * or throw; where its name is a question (`isReady`), it is answered true or
 * false. Loops are followed for a few rounds.
 */
export async function runProgram(
  sourceCode: TSESLint.SourceCode,
): Promise<Truth> {
  const compiled = compile(sourceCode);
  const sites = compiled.sites.map((site): SiteTruth => ({
    ...site,
    leak: undefined,
    doubleRelease: undefined,
    vainRelease: undefined,
    acquired: false,
    released: false,
    byReceiver: false,
  }));
  let releaseWithoutAcquire: BadPath | undefined;

  const exploration = await explore(async (script) => {
    const path = new ProgramPath(compiled, script);
    await path.run();
    const badPath = (needsCallThrow: boolean): BadPath => ({
      decisions: script.decisions.map(({ outcome }) => outcome),
      needsCallThrow,
    });
    for (const { site, released, byReceiver } of path.ledger.lent) {
      const truth = sites[site]!;
      truth.acquired = true;
      truth.byReceiver ||= byReceiver;
      truth.released ||= released;
    }
    for (const { site, sawCallThrow, sawRareThrow } of path.leaked) {
      if (sawRareThrow) continue;
      const truth = sites[site]!;
      if (!truth.leak || (truth.leak.needsCallThrow && !sawCallThrow)) {
        truth.leak = badPath(sawCallThrow);
      }
    }
    for (const { kind, site } of path.ledger.misuses) {
      const truth = site === undefined ? undefined : sites[site]!;
      if (!truth) releaseWithoutAcquire ??= badPath(false);
      else if (kind === "double release") {
        truth.doubleRelease ??= badPath(false);
      } else truth.vainRelease ??= badPath(false);
    }
  }, maxPaths);

  return { sites, releaseWithoutAcquire, ...exploration };
}

/**
 * Makes a program ready to run, with `using` in the words of a Node.js that
 * doesn't know it yet.
 */
export function compile(
  sourceCode: TSESLint.SourceCode,
  slow?: ReadonlySet<string>,
): Compiled {
  const { text, sites, points, parameters } = instrument(sourceCode);
  const program = sourceCode.ast;
  const { fn, reference } = entryPointOf(program);
  const stores = storesOf(program).join(", ");
  let path: ProgramPath | undefined;
  const modules = instrumentedModules(() => path!);
  const given = {
    require: (name: string) => modules[name],
    console: silentConsole,
    $call: points.map(
      (point) =>
        (...args: unknown[]) =>
          path!.call(point, args),
    ),
    $rare: points.map(
      (point) => (value: unknown) => path!.rarely(point, value),
    ),
    $await: points.map((point) => (value: unknown) => path!.wait(point, value)),
    $read: parameters.map((_, at) => () => path!.read(at)),
    $drop: (start: () => Promise<unknown>) => path!.drop(start),
    $round: (loop: number) => path!.startRound(loop),
  };
  const factory = compileFunction(
    `"use strict";${withoutUsing(text)}\nreturn { run: ${reference}, stores: () => [${stores}] };`,
    Object.keys(given),
  ) as (...values: unknown[]) => LoadedProgram;
  return {
    sites,
    parameters,
    isGenerator: fn.generator,
    ...(slow && { slow }),
    load: (next) => {
      path = next;
      return factory(...Object.values(given));
    },
  };
}

function withoutUsing(text: string): string {
  return /\busing\b/.test(text)
    ? transpile(text, { target: ScriptTarget.ES2022, removeComments: false })
    : text;
}

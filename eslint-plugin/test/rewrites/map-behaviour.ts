import { compileFunction } from "node:vm";
import * as async from "async";
import * as pLimit from "p-limit";
import * as pMap from "p-map";
import * as runtime from "semaphore-guard";
import typescript from "typescript";
import type { MapProgram } from "./map-grammar.js";

const { ModuleKind, ScriptTarget, transpile } = typescript;

/** The packages, as they are installed, by what they are imported as. */
const modules: Readonly<Record<string, unknown>> = {
  "semaphore-guard": runtime,
  "p-map": pMap,
  "p-limit": pLimit,
  async,
};

/** Rows, how long the work for each takes, and which one fails. */
export interface Load {
  readonly count: number;
  readonly turns: readonly number[];
  readonly failing: number | undefined;
}

/** What comes of a run. */
export interface Watched {
  readonly outcome: unknown;
  /** All that happened, in order. */
  readonly effects: readonly string[];
  /** What was begun, in order. */
  readonly started: readonly string[];
  /** How much was under way at most. */
  readonly most: number;
}

interface Row {
  readonly id: number;
  readonly skip: boolean;
}

type Run = (source: unknown) => Promise<unknown>;

/**
 * Turns of the queue of promises that work takes: those who begin it may take a
 * few for themselves, so no two end so close to each other that it would matter.
 */
function turnsFor(id: number, length: number): number {
  return 20 + 12 * id + 200 * length;
}

/** Makes a program ready to run, with the packages that it imports. */
export function watchable(
  code: string,
  source: MapProgram["source"],
): (load: Load) => Promise<Watched> {
  const text = transpile(code, {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  });
  const names = ["exports", "require", "fetch", "note"];
  const fill = compileFunction(text, names) as (...values: unknown[]) => void;
  return (load) => watch(fill, source, load);
}

async function watch(
  fill: (...values: unknown[]) => void,
  source: MapProgram["source"],
  { count, turns, failing }: Load,
): Promise<Watched> {
  const effects: string[] = [];
  const started: string[] = [];
  let under = 0;
  let most = 0;
  const upload = async (url: string) => {
    const [, id, extra] = url.split(":").map(Number) as [0, number, number];
    started.push(`starts ${id} ${extra}`);
    effects.push(`starts ${id} ${extra}`);
    most = Math.max(most, ++under);
    const wait = turnsFor(id, turns[id % turns.length]!);
    for (let turn = 0; turn < wait; turn++) await null;
    under--;
    effects.push(`ends ${id}`);
    if (id === failing) throw new Error(`row ${id}`);
  };
  const exports: { run?: Run } = {};
  const load = (name: string) => ({
    __esModule: true,
    ...(modules[name] as object),
  });
  fill(exports, load, upload, (text: string) => effects.push(text));
  const rows = Array.from({ length: count }, (_, id): Row => ({
    id,
    skip: id % 4 === 3,
  }));
  const given = sourceOf(source, rows);
  const [outcome] = await Promise.allSettled([exports.run!(given)]);
  return { outcome, effects, started, most };
}

function sourceOf(source: MapProgram["source"], rows: Row[]): unknown {
  switch (source) {
    case "array":
      return rows;
    case "member":
      return { rows };
    case "set":
      return new Set(rows);
    case "async":
      return (async function* () {
        yield* rows;
      })();
  }
}

/**
 * What a bounded map changes that it must not. Where nothing fails, the results
 * are the same, the work begins in the same order and never more of it at once,
 * and if there is no more of it than the bound, everything happens in the same
 * order. Where one call fails, the whole fails in the same way.
 */
export function mapDifference(
  before: Watched,
  after: Watched,
  { count, failing }: Load,
  limit: number,
): string | undefined {
  if (describe(after.outcome) !== describe(before.outcome)) {
    return `${describe(after.outcome)} where it was ${describe(before.outcome)}`;
  }
  if (after.most > Math.min(limit, before.most)) {
    return `${after.most} at once where it was ${before.most}`;
  }
  if (failing !== undefined) return undefined;
  if (after.most < Math.min(limit, before.most)) {
    return `only ${after.most} at once`;
  }
  const [old, now] =
    count <= limit
      ? [before.effects, after.effects]
      : [before.started, after.started];
  const at = old.findIndex((each, index) => each !== now[index]);
  if (at !== -1) return `${now[at] ?? "ends"} where it did: ${old[at]!}`;
  return now.length > old.length ? `then ${now[old.length]!}` : undefined;
}

function describe(outcome: unknown): string {
  return JSON.stringify(outcome, (_, value: unknown) =>
    value instanceof Error ? value.message : value,
  );
}

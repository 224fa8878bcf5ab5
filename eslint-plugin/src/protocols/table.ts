import { byUseWords } from "./by-use.js";
import { homeMadeShapes } from "./home-made.js";
import { protocols } from "./index.js";
import type { Protocol } from "./protocol.js";
import { readSettings } from "./settings.js";

/** The rows by which a file is read, and what follows from them. */
export interface ProtocolTable {
  readonly rows: readonly Protocol[];
  /** Matches every file that acquires anything. */
  readonly trigger: RegExp;
  /** Methods of receivers that acquire; `""` for the receiver itself. */
  readonly acquireMethods: ReadonlySet<string>;
  readonly scopedMethods: ReadonlySet<string>;
}

const defaultTable = makeTable(protocols);
const tables = new WeakMap<object, ProtocolTable>();

/**
 * The table for a config's `settings`: our rows, behind those that
 * `settings["semaphore-guard"].protocols` adds. Kept for each settings object.
 */
export function tableFor(
  settings: Readonly<Record<string, unknown>>,
): ProtocolTable {
  const own = settings["semaphore-guard"];
  if (own === undefined) return defaultTable;
  const key = typeof own === "object" && own !== null ? own : settings;
  let table = tables.get(key);
  if (!table) {
    table = makeTable([...readSettings(own).protocols, ...protocols]);
    tables.set(key, table);
  }
  return table;
}

function makeTable(rows: readonly Protocol[]): ProtocolTable {
  const all = [...rows, ...homeMadeShapes];
  return {
    rows,
    trigger: triggerOf(all),
    acquireMethods: new Set(
      all.flatMap((row) =>
        row.acquire.flatMap(({ exported, method }) =>
          exported ? [] : [method],
        ),
      ),
    ),
    scopedMethods: new Set(
      rows.flatMap(({ scoped }) => (scoped ? [scoped.method] : [])),
    ),
  };
}

function triggerOf(rows: readonly Protocol[]): RegExp {
  const words = rows.flatMap((row) =>
    row.acquire.flatMap(({ method }) => triggersOf(method, row)),
  );
  const patterns = [...new Set(words)].map((word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return /^\w+$/.test(word) ? `\\b${escaped}\\b` : escaped;
  });
  return new RegExp([...patterns, `\\b(?:${byUseWords})\\b`].join("|"));
}

function triggersOf(method: string, row: Protocol): readonly string[] {
  switch (method) {
    case "": {
      // A file may give a default export any name.
      const names = row.factories ?? [];
      return names.includes("default") ? row.modules : names;
    }
    case "*":
    case "default":
      return row.modules;
    default:
      return [method.slice(method.lastIndexOf(".") + 1)];
  }
}

import { homeMadeShapes } from "./home-made.js";
import { protocols } from "./index.js";
import { mentionsReader, type ReadMentions } from "./mentions.js";
import type { Protocol } from "./protocol.js";
import { readSettings } from "./settings.js";

/** The rows by which a file is read, and what follows from them. */
export interface ProtocolTable {
  readonly rows: readonly Protocol[];
  /** What the code in a text may do, by the words in it. */
  readonly mentionsIn: ReadMentions;
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
    mentionsIn: mentionsReader(rows),
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

import assert from "node:assert/strict";
import { protocols } from "../../src/protocols/index.js";
import type { Protocol } from "../../src/protocols/protocol.js";
import { exportedValue, imported, required } from "./exported-value.js";
import type { Collection, Specimen } from "./specimen.js";
import { collections } from "./specimens/index.js";

/** A row, with a way to make a receiver that it tells about. */
export interface Entry {
  readonly row: Protocol;
  readonly title: string;
  readonly make: () => Promise<Specimen>;
  /** Methods in the row that the installed version doesn't have. */
  readonly lacks: readonly string[];
}

/** The modules of a row, or the classes of the platform where it has none. */
export function homesOf({
  modules,
  classes = [],
}: Protocol): readonly string[] {
  return modules.length > 0 ? modules : classes;
}

/** Every row with every specimen that there is of its kind. */
export const entries: readonly Entry[] = protocols.flatMap((row) =>
  collections
    .filter(({ module }) => homesOf(row).includes(module))
    .flatMap((collection) => entriesOf(row, collection)),
);

function entriesOf(row: Protocol, collection: Collection): Entry[] {
  const { module, installedAs = module, lacks = [], makers } = collection;
  const names = ["", ...(row.classes ?? []), ...(row.factories ?? [])];
  const exported = async (name: string) => {
    const exports =
      row.modules.length === 0
        ? globalThis
        : (required(installedAs) ?? (await imported(installedAs)));
    return exportedValue(exports, name || "*") as never;
  };
  return Object.entries(makers)
    .filter(([name]) => names.includes(name))
    .flatMap(([name, maker]) => {
      const title = `${installedAs} ${name}`.trim();
      const make = async () => maker(await exported(name));
      const wrapped = (row.wrappers ?? []).map((wrapper) => ({
        row,
        lacks,
        title: `${title} in ${wrapper}`,
        make: async () => {
          assert(collection.wrap, "a row with wrappers needs a way to wrap");
          return collection.wrap(await exported(wrapper))(await make());
        },
      }));
      return [{ row, lacks, title, make }, ...wrapped];
    });
}

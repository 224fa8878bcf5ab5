import assert from "node:assert/strict";
import { protocols } from "../../src/protocols/index.js";
import type { Protocol } from "../../src/protocols/protocol.js";
import { exportsType } from "./exported-types.js";
import {
  exportedValue,
  imported,
  memberAt,
  required,
} from "./exported-value.js";
import { blindReleasesOf } from "./releases.js";
import { collections } from "./specimens/index.js";

describe("The protocol table names what is exported:", () => {
  for (const row of protocols) {
    for (const { installedAs, module, lacks = [] } of collections) {
      if (!row.modules.includes(module)) continue;
      for (const name of namesIn(row)) {
        if (lacks.includes(name)) continue;
        const installed = installedAs ?? module;
        it(`${name} of ${installed}`, () => assertExported(installed, name));
      }
    }
    if (row.modules.length > 0) continue;
    for (const name of row.classes ?? []) {
      it(`${name} of the platform`, () =>
        assert.equal(typeof memberAt(globalThis, name), "function"));
    }
  }

  it("and there is a specimen for each of its modules", () => {
    const modules = new Set(collections.map(({ module }) => module));
    const missing = protocols
      .flatMap((row) => row.modules)
      .filter((module) => !modules.has(module));
    assert.deepEqual(missing, []);
  });
});

/** Everything that a row expects its modules to export. */
function namesIn(row: Protocol): ReadonlySet<string> {
  const functions = row.acquire.filter(({ exported }) => exported);
  const { classes = [], factories = [], wrappers = [] } = row;
  return new Set([
    ...classes,
    ...factories,
    ...wrappers,
    ...functions.map(({ method }) => method),
    ...functions.flatMap(({ permit }) =>
      blindReleasesOf(permit).map(({ method }) => method!),
    ),
  ]);
}

/** Both ways of loading a module have it, where there are two; or its typings. */
async function assertExported(module: string, name: string): Promise<void> {
  const loaded = [required(module)];
  // To import all of a module, as `import *`, gives no function to call.
  if (name !== "*") loaded.push(await imported(module));
  const found = loaded
    .filter((exports) => exports !== undefined)
    .map((exports) => typeof exportedValue(exports, name) === "function");
  assert(found.length > 0);
  if (found.every(Boolean)) return;
  assert(!found.some(Boolean), "exported to only one of require and import");
  assert(exportsType(module, name), "not exported at all");
}

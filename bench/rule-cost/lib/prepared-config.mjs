import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve("eslint/package.json"));

/**
 * ESLint's own class for configs. It isn't exported, but given plain configs a
 * `Linter` validates them anew for each file, which the command line doesn't.
 */
const { FlatConfigArray } = require(
  path.join(folder, "lib/config/flat-config-array.js"),
);

/**
 * Configs that are validated once, for all files.
 * @param {import("eslint").Linter.Config[]} configs
 * @returns {import("eslint").Linter.Config[]}
 */
export function preparedConfig(configs) {
  const prepared = new FlatConfigArray(configs, { basePath: process.cwd() });
  prepared.normalizeSync();
  return prepared;
}

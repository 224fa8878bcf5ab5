import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The plugin under measurement, as built in a checkout of it.
 * @typedef {object} Plugin
 * @property {import("eslint").Linter.Config} strict
 * @property {(sourceCode: import("eslint").SourceCode) => boolean} acquires
 *   whether any code of a file acquires, as far as the analysis sees
 */

/**
 * Loads the plugin from its package directory.
 * @param {string} directory
 * @returns {Promise<Plugin>}
 */
export async function loadPlugin(directory) {
  const { default: plugin } = await load(directory, "index.js");
  const { fileOf } = await load(directory, "analysis/file.js");
  const { acquireSitesIn } = await load(directory, "analysis/acquire-sites.js");
  const { scopedCallsIn } = await load(directory, "analysis/scoped-calls.js");
  return {
    strict: plugin.configs.strict,
    acquires(sourceCode) {
      const file = fileOf({ sourceCode });
      return acquireSitesIn(file).length + scopedCallsIn(file).length > 0;
    },
  };
}

/**
 * @param {string} directory
 * @param {string} file
 */
function load(directory, file) {
  return import(pathToFileURL(join(resolve(directory), "dist/src", file)).href);
}

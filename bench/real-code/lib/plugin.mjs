import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The plugin under measurement, as built in a checkout of it.
 * @typedef {object} Plugin
 * @property {Record<string, import("eslint").Linter.Config | import("eslint").Linter.Config[]>} configs
 * @property {(sourceCode: import("eslint").SourceCode) => Leak[]} leaksOf
 *
 * @typedef {object} Leak
 * @property {{ loc: Location }} acquire
 * @property {{ loc: Location, reason: string }[]} path
 *
 * @typedef {{ start: { line: number, column: number } }} Location
 */

/**
 * Loads the plugin from its package directory.
 * @param {string} directory
 * @returns {Promise<Plugin>}
 */
export async function loadPlugin(directory) {
  const { default: plugin } = await load(directory, "index.js");
  const { fileOf, leaksOf } = await load(directory, "analysis/facts.js");
  return {
    configs: plugin.configs,
    leaksOf: (sourceCode) => leaksOf(fileOf({ sourceCode })),
  };
}

/**
 * @param {string} directory
 * @param {string} file
 */
function load(directory, file) {
  return import(pathToFileURL(join(resolve(directory), "dist/src", file)).href);
}

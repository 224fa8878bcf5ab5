import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(
  new URL("../../../node_modules/", import.meta.url),
);

/** Folders of installed packages with code as people write it. */
const folders = [
  "@typescript-eslint/eslint-plugin/dist/rules",
  "async-mutex/lib",
  "async",
  "eslint/lib",
  "generic-pool/lib",
  "mariadb/lib",
  "mocha/lib",
  "mysql2/lib",
  "pg-pool",
  "pg/lib",
  "redis-semaphore/lib",
  "svelte/src",
];

const perFolder = 60;
const longestLine = 1000;

/**
 * A text to lint.
 * @typedef {{ name: string, text: string }} File
 */

/**
 * Real files, the same ones for the same versions of the packages.
 * @returns {File[]}
 */
export function realFiles() {
  return folders.flatMap((folder) =>
    evenlySpaced(scriptsIn(join(modules, folder)), perFolder)
      .map((path) => ({
        name: relative(modules, path),
        text: readFileSync(path, "utf8"),
      }))
      .filter(({ text }) => isReadable(text)),
  );
}

/**
 * @param {string} folder
 * @returns {string[]} sorted
 */
function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.[cm]?js$/.test(path) && !/node_modules/.test(path))
    .sort()
    .map((path) => join(folder, path));
}

/**
 * @param {readonly string[]} items
 * @param {number} count
 */
function evenlySpaced(items, count) {
  const step = Math.max(1, items.length / count);
  return items.filter(
    (_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
}

/** Whether nobody has minified it. @param {string} text */
function isReadable(text) {
  return text.split("\n").every((line) => line.length <= longestLine);
}

import { createRequire } from "node:module";
import * as typescriptParser from "@typescript-eslint/parser";

const require = createRequire(import.meta.url);
const asEslint = createRequire(require.resolve("eslint/package.json"));

/**
 * ESLint's own parser and the one for TypeScript, both without types.
 * @type {Record<string, Record<string, unknown>>}
 */
export const parsers = {
  espree: asEslint("espree"),
  "@typescript-eslint/parser": typescriptParser,
};

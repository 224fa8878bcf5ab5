import { posix } from "node:path";

const extensionsByLanguage: Readonly<Record<string, readonly string[]>> = {
  javascript: [".js", ".mjs", ".cjs", ".jsx"],
  javascriptreact: [".jsx", ".js", ".mjs", ".cjs"],
  typescript: [".ts", ".mts", ".cts"],
  typescriptreact: [".tsx"],
};

/**
 * The file name under which a document is linted.
 *
 * The parser tells TypeScript from JavaScript, JSX from none and ESM from CommonJS by the extension.
 * An untitled document has none and a file association may contradict it, so the editor's language
 * decides where the two disagree. Only the last segment is kept: a path would meet ESLint's rules
 * about base folders and ignored ones, which are not this extension's to apply.
 */
export function documentName(uri: string, languageId: string): string {
  const name = posix.basename(new URL(uri).pathname);
  const known = extensionsByLanguage[languageId] ?? [".js"];
  const extension = posix.extname(name).toLowerCase();
  return known.includes(extension)
    ? `document${extension}`
    : `document${known[0]}`;
}

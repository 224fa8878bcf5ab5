const extensionsByLanguage: Readonly<Record<string, readonly string[]>> = {
  javascript: [".js", ".mjs", ".cjs", ".jsx"],
  javascriptreact: [".jsx", ".js", ".mjs", ".cjs"],
  typescript: [".ts", ".mts", ".cts"],
  typescriptreact: [".tsx"],
};

/**
 * The file name under which a text is linted.
 *
 * The parser tells TypeScript from JavaScript, JSX from none and ESM from CommonJS by the extension.
 * An untitled document has none and a file association may contradict it, so the editor's language
 * decides where the two disagree.
 */
export function documentName(file: string, languageId: string): string {
  const known = extensionsByLanguage[languageId] ?? [".js"];
  const [extension = ""] = /\.[^./\\]+$/.exec(file) ?? [];
  return known.includes(extension) ? file : `${file}${known[0]}`;
}

/** The languages that are checked. */
export const languages = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
];

// Not every scheme: the old side of a diff and a chat's code block are documents as well.
const schemes = [
  "file",
  "untitled",
  "vscode-vfs",
  "vscode-test-web",
  "vscode-notebook-cell",
];

/** The documents that are checked, the cells of notebooks among them. */
export const checkedDocuments = languages.flatMap((language) =>
  schemes.map((scheme) => ({ language, scheme })),
);

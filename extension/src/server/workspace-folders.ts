import type {
  WorkspaceFolder,
  WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";

/** The folders of the workspace, as files. */
export class WorkspaceFolders {
  readonly #fileOf: (uri: string) => string | undefined;
  #uris = new Set<string>();

  constructor(fileOf: (uri: string) => string | undefined) {
    this.#fileOf = fileOf;
  }

  set(folders: readonly WorkspaceFolder[]): void {
    this.#uris = new Set(folders.map(({ uri }) => uri));
  }

  change({ added, removed }: WorkspaceFoldersChangeEvent): void {
    for (const { uri } of removed) this.#uris.delete(uri);
    for (const { uri } of added) this.#uris.add(uri);
  }

  /** A file and the innermost folder it lies in; undefined for what is no file of the workspace. */
  placeOf(uri: string): { file: string; folder: string } | undefined {
    const file = this.#fileOf(uri);
    if (file === undefined) {
      return undefined;
    }
    let innermost: string | undefined;
    for (const folderUri of this.#uris) {
      const folder = this.#fileOf(folderUri)?.replace(/[\\/]$/, "");
      if (
        folder !== undefined &&
        file.startsWith(folder) &&
        /^[\\/]/.test(file.slice(folder.length)) &&
        folder.length > (innermost?.length ?? -1)
      ) {
        innermost = folder;
      }
    }
    return innermost === undefined ? undefined : { file, folder: innermost };
  }
}

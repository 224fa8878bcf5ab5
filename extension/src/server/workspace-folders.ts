import type {
  WorkspaceFolder,
  WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import type { TextPlace } from "../shared/check.js";

/** The folders of the workspace, and where in them texts lie. */
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
  placeOf(
    uri: string,
  ): Required<Pick<TextPlace, "file" | "folder">> | undefined {
    const file = this.#fileOf(uri);
    if (file === undefined) {
      return undefined;
    }
    const folder = longest(this.#folders(), (each) => holds(each, file));
    return folder === undefined ? undefined : { file, folder };
  }

  /**
   * Where any text lies. A file outside of the workspace is one of its own folder's, and what has
   * not been saved yet one of the only workspace folder's. On no disk, a text has a path below its
   * folder at most.
   */
  nearestPlace(uri: string): TextPlace {
    const file = this.#fileOf(uri);
    if (file !== undefined) {
      return this.placeOf(uri) ?? { file, folder: folderOf(file) };
    }
    const { protocol, pathname } = new URL(uri);
    const name = decodeURIComponent(pathname);
    if (protocol === "untitled:") {
      const [folder, ...others] = this.#folders();
      return folder === undefined || others.length > 0
        ? { file: name }
        : { file: `${folder}/${name}`, folder };
    }
    const root = longest([...this.#uris], (each) => holds(each, uri)) ?? "";
    const below = decodeURIComponent(uri.slice(root.length + 1));
    return {
      file: root === "" ? name.slice(name.lastIndexOf("/") + 1) : below,
    };
  }

  #folders(): string[] {
    return Array.from(this.#uris, (uri) =>
      this.#fileOf(uri)?.replace(/[\\/]$/, ""),
    ).filter((folder) => folder !== undefined);
  }
}

function holds(folder: string, place: string): boolean {
  return place.startsWith(folder) && /^[\\/]/.test(place.slice(folder.length));
}

function longest(
  texts: readonly string[],
  accepts: (text: string) => boolean,
): string | undefined {
  return texts
    .filter(accepts)
    .sort((a, b) => b.length - a.length)
    .at(0);
}

/** With the separator at its end, without which the root of a drive is none. */
function folderOf(file: string): string {
  return file.slice(
    0,
    Math.max(...["/", "\\"].map((each) => file.lastIndexOf(each))) + 1,
  );
}

import {
  NotebookDocuments,
  TextDocuments,
  type Connection,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  textOfDocument,
  textOfNotebook,
  type CheckedText,
} from "./checked-text.js";

const languages = new Set([
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
]);

/** The texts that the editor has open: documents, and notebooks as one text each. */
export class OpenTexts {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #notebooks = new NotebookDocuments(this.#documents);
  readonly #opened = new Set<string>();

  /** Listens; to be called before the connection does. */
  listen(
    connection: Connection,
    events: {
      /** A text was typed in, rather than opened. */
      readonly onTyped: (uri: string) => void;
      readonly onClosed: (uri: string) => void;
    },
  ): void {
    this.#documents.onDidChangeContent(({ document: { uri } }) => {
      // The first event of a document is its opening, which nobody types.
      if (this.#opened.has(uri)) {
        events.onTyped(this.textUri(uri));
      }
      this.#opened.add(uri);
    });
    this.#documents.onDidClose(({ document: { uri } }) => {
      this.#opened.delete(uri);
      events.onClosed(uri);
    });
    this.#notebooks.onDidClose(({ uri }) => {
      events.onClosed(uri);
    });
    this.#documents.listen(connection);
    this.#notebooks.listen(connection);
  }

  /** Which text a document belongs to: itself, or the notebook it is a cell of. */
  textUri(documentUri: string): string {
    return (
      this.#notebooks.findNotebookDocumentForCell(documentUri)?.uri ??
      documentUri
    );
  }

  /** A text as it is now. */
  current(uri: string): CheckedText | undefined {
    const document = this.#documents.get(uri);
    if (document !== undefined) {
      return textOfDocument(document);
    }
    const notebook = this.#notebooks.getNotebookDocument(uri);
    if (notebook === undefined) {
      return undefined;
    }
    const cells = notebook.cells.flatMap((cell) => {
      const cellDocument = this.#notebooks.getCellTextDocument(cell);
      return cellDocument && languages.has(cellDocument.languageId)
        ? [cellDocument]
        : [];
    });
    return textOfNotebook(notebook, cells);
  }
}

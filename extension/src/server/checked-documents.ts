import type { TextDocument } from "vscode-languageserver-textdocument";
import { documentName, isDependency } from "./document-name.js";
import { breakdownFinding, findingsOf, type Finding } from "./findings.js";
import type { LintResult } from "./lint.js";

/** What was found in one version of a document. */
export interface CheckedDocument {
  readonly version: number;
  /** Names this content among all that the document has had, for pulls that ask for news only. */
  readonly resultId: string;
  readonly findings: readonly Finding[];
}

/** Checks documents, each version once, and lives through whatever the check throws. */
export class CheckedDocuments {
  readonly #byUri = new Map<string, CheckedDocument>();
  readonly #lint: (text: string, fileName: string) => LintResult;
  readonly #onBreakdown: (uri: string, error: unknown) => void;
  #checks = 0;

  /**
   * @param lint checks a text.
   * @param onBreakdown is told of each check that threw.
   */
  constructor(
    lint: (text: string, fileName: string) => LintResult,
    onBreakdown: (uri: string, error: unknown) => void,
  ) {
    this.#lint = lint;
    this.#onBreakdown = onBreakdown;
  }

  /** The findings in the document as it is now. */
  check(document: TextDocument): CheckedDocument {
    const known = this.#byUri.get(document.uri);
    if (known?.version === document.version) {
      return known;
    }
    this.#checks += 1;
    const checked = {
      version: document.version,
      resultId: String(this.#checks),
      findings: this.#find(document),
    };
    this.#byUri.set(document.uri, checked);
    return checked;
  }

  /** Drops what is known of a document that the editor has closed. */
  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  #find(document: TextDocument): Finding[] {
    if (isDependency(document.uri)) {
      return [];
    }
    try {
      return findingsOf(
        document,
        this.#lint(
          document.getText(),
          documentName(document.uri, document.languageId),
        ),
      );
    } catch (error) {
      this.#onBreakdown(document.uri, error);
      return [breakdownFinding(document, error)];
    }
  }
}

import assert from "node:assert/strict";
import type { CodeAction, Diagnostic, TextDocument } from "vscode";
import path from "node:path";
import { vscode } from "./vscode.js";

const diagnosticsTimeout = 120_000;

/** A file of the workspace, shown in an editor. */
export class OpenFile {
  readonly #document: TextDocument;

  private constructor(document: TextDocument) {
    this.#document = document;
  }

  /** Opens and shows a file of the first folder, or of the folder of a name. */
  static async show(name: string, folderName?: string): Promise<OpenFile> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const folder =
      folderName === undefined
        ? folders[0]
        : folders.find((each) => each.name === folderName);
    assert.ok(folder, "the workspace's folder");
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(folder.uri, name),
    );
    return OpenFile.showDocument(document);
  }

  /** Shows a document. */
  static async showDocument(document: TextDocument): Promise<OpenFile> {
    await vscode.window.showTextDocument(document, { preview: false });
    return new OpenFile(document);
  }

  get text(): string {
    return this.#document.getText();
  }

  get path(): string {
    return this.#document.uri.fsPath;
  }

  get document(): TextDocument {
    return this.#document;
  }

  get folder(): string {
    return path.dirname(this.path);
  }

  /** Resolves once our diagnostics are as expected, with them. */
  diagnostics(
    expected: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const ours = this.#ourDiagnostics();
        if (expected(ours)) {
          listener.dispose();
          clearTimeout(timer);
          resolve(ours);
        }
      };
      const timer = setTimeout(() => {
        listener.dispose();
        const messages = this.#ourDiagnostics().map(({ message }) => message);
        reject(new Error(`unexpected diagnostics: ${messages.join(" | ")}`));
      }, diagnosticsTimeout);
      const listener = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
  }

  /** Resolves with the only diagnostic of a rule, once there is one. */
  async diagnosticOf(rule: string): Promise<Diagnostic> {
    const [diagnostic, ...others] = (
      await this.diagnostics((all) => all.some((one) => ruleOf(one) === rule))
    ).filter((one) => ruleOf(one) === rule);
    assert.ok(diagnostic);
    assert.deepEqual(others, []);
    return diagnostic;
  }

  /** The quick fixes that the editor offers for a diagnostic, ours among them. */
  async quickFixes(diagnostic: Diagnostic): Promise<CodeAction[]> {
    return vscode.commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      this.#document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
  }

  /** Applies a quick fix as choosing it in the menu does. */
  async apply({ title, edit }: CodeAction): Promise<void> {
    assert.ok(edit, title);
    assert.ok(await vscode.workspace.applyEdit(edit), title);
  }

  /** Replaces the whole text. */
  async replace(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const end = this.#document.lineAt(this.#document.lineCount - 1).range.end;
    const all = new vscode.Range(new vscode.Position(0, 0), end);
    edit.replace(this.#document.uri, all, text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async save(): Promise<void> {
    assert.ok(await this.#document.save());
  }

  /** Takes back a single step. */
  async undo(): Promise<void> {
    await vscode.window.showTextDocument(this.#document);
    await vscode.commands.executeCommand("undo");
  }

  /** Closes the editor, dropping what isn't saved. */
  async close(): Promise<void> {
    await vscode.window.showTextDocument(this.#document);
    await vscode.commands.executeCommand(
      "workbench.action.revertAndCloseActiveEditor",
    );
  }

  #ourDiagnostics(): readonly Diagnostic[] {
    return vscode.languages
      .getDiagnostics(this.#document.uri)
      .filter(({ source }) => source === "semaphore-guard");
  }
}

/** The id of the rule that a diagnostic comes from. */
export function ruleOf({ code }: Diagnostic): string | undefined {
  return typeof code === "object" ? String(code.value) : undefined;
}

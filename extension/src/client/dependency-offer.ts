import { resolveCommand } from "package-manager-detector/commands";
import * as vscode from "vscode";
import { packageManagerFor } from "./package-manager.js";

const packageName = "semaphore-guard";

/**
 * Offers to add `semaphore-guard` to the package that a document belongs to, where it isn't there
 * yet. Once for each package: whoever has said no is not asked again in this session.
 */
export class DependencyOffer {
  readonly #asked = new Set<string>();

  /** Resolves when the question is answered, or when there was none to ask. */
  async make(uri: vscode.Uri): Promise<void> {
    const manifest = await nearestManifest(uri);
    if (
      manifest === undefined ||
      dependsOnRuntime(manifest.content) ||
      this.#asked.has(manifest.uri.toString())
    ) {
      return;
    }
    this.#asked.add(manifest.uri.toString());
    const folder = vscode.Uri.joinPath(manifest.uri, "..");
    const agent = await packageManagerFor(folder);
    const resolved = resolveCommand(agent, "add", [packageName]);
    // Installing may run scripts of the workspace.
    if (resolved === null || !vscode.workspace.isTrusted) {
      return;
    }
    const command = [resolved.command, ...resolved.args].join(" ");
    const run = vscode.l10n.t("Run “{0}”", command);
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The code now imports {0}, which {1} doesn’t list.",
        packageName,
        vscode.workspace.asRelativePath(manifest.uri),
      ),
      run,
      vscode.l10n.t("Not Now"),
    );
    if (choice === run) {
      const terminal = vscode.window.createTerminal({
        name: "Semaphore Guard",
        cwd: folder,
      });
      terminal.show();
      terminal.sendText(command);
    }
  }
}

interface Manifest {
  readonly uri: vscode.Uri;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The package.json nearest to a file, within its workspace folder. */
async function nearestManifest(uri: vscode.Uri): Promise<Manifest | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (root === undefined) {
    return undefined;
  }
  for (let folder = vscode.Uri.joinPath(uri, ".."); ;) {
    const file = vscode.Uri.joinPath(folder, "package.json");
    const content = await readJson(file);
    if (content !== undefined) {
      return { uri: file, content };
    }
    const parent = vscode.Uri.joinPath(folder, "..");
    if (folder.path === root.path || parent.path === folder.path) {
      return undefined;
    }
    folder = parent;
  }
}

/** Undefined where there is no such file, or none that can be read. */
export async function readJson(
  uri: vscode.Uri,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const content: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof content === "object" && content !== null
      ? (content as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function dependsOnRuntime(manifest: Manifest["content"]): boolean {
  return (
    manifest["name"] === packageName ||
    [
      "dependencies",
      "devDependencies",
      "optionalDependencies",
      "peerDependencies",
    ].some((field) => {
      const listed = manifest[field];
      return (
        typeof listed === "object" && listed !== null && packageName in listed
      );
    })
  );
}

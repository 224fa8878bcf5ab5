import { runTests } from "@vscode/test-electron";
import { openBrowser } from "./browser.js";
import type { Host } from "./host-choice.js";
import { ensureInstalled } from "./installation.js";
import { VSCodeServer } from "./vscode-server.js";

const runTimeout = 600_000;

/** What is to run in the extension host. */
export interface ExtensionHostRun {
  /** The extension under test: its folder, and its package, which is installed where that can be. */
  readonly extension: { readonly folder: string; readonly package: string };
  /** The folder of an extension that does nothing, for an editor in which the other is installed. */
  readonly driver: string;
  /** A CommonJS file that exports `run(): Promise<void>`. */
  readonly entry: string;
  /** The folder, or the .code-workspace file, that is opened. */
  readonly workspace: string;
  /** Whether the workspace is trusted. */
  readonly isTrusted: boolean;
  /** An empty folder for the editor's profile. */
  readonly profile: string;
  /** What the entry sees in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs tests in a real extension host.
 *
 * @returns whether they passed
 */
export async function runInExtensionHost(
  host: Host,
  run: ExtensionHostRun,
): Promise<boolean> {
  return host.kind === "desktop"
    ? runOnDesktop(host.executable, run)
    : runOnServer(run);
}

async function runOnDesktop(
  executable: string,
  {
    extension,
    entry,
    workspace,
    isTrusted,
    profile,
    environment,
  }: ExtensionHostRun,
): Promise<boolean> {
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension.folder,
      extensionTestsPath: entry,
      extensionTestsEnv: environment,
      launchArgs: [
        workspace,
        "--disable-extensions",
        ...(isTrusted ? ["--disable-workspace-trust"] : []),
        `--user-data-dir=${profile}`,
      ],
    });
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

async function runOnServer({
  extension,
  driver,
  entry,
  workspace,
  isTrusted,
  profile,
  environment,
}: ExtensionHostRun): Promise<boolean> {
  await using server = await VSCodeServer.start(await ensureInstalled(), {
    folder: profile,
    environment,
    extension: extension.package,
    asksForTrust: !isTrusted,
    takesTests: true,
  });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const exitCode = new Promise<number>((resolve, reject) => {
    void page.exposeFunction("codeAutomationExit", resolve);
    page.on("crash", () => {
      reject(new Error("the workbench's page crashed"));
    });
    void server.ended.then((end) => {
      reject(new Error(`the VS Code server ended with ${String(end)}`));
    });
    AbortSignal.timeout(runTimeout).addEventListener("abort", () => {
      reject(new Error("the tests in the extension host took too long"));
    });
  });
  exitCode.catch(() => undefined);
  // The workbench says through it whatever it logs; the tests report elsewhere.
  await page.exposeFunction("codeAutomationLog", () => undefined);
  const url = server.page(workspace, [
    ["extensionDevelopmentPath", server.uri(driver)],
    ["extensionTestsPath", server.uri(entry)],
  ]);
  // What bounds the run bounds the page's loading.
  await Promise.race([page.goto(url, { timeout: 0 }), exitCode]);
  return (await exitCode) === 0;
}

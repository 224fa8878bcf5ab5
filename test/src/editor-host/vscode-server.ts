import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { foreignEnvironment } from "./foreign-environment.js";
import { freePort, reachable } from "./http-server.js";
import type { Installation } from "./installation.js";
import { OwnedProcess } from "./owned-process.js";

/** What a VS Code server works with. */
export interface ServerOptions {
  /** A folder of the server's own, for its data and its profile. */
  readonly folder: string;
  /** User settings beyond those that keep the editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the extension host sees in its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A .vsix to install before the start. */
  readonly extension?: string;
  /** Whether folders are trusted only once somebody says so; else all are. */
  readonly asksForTrust?: boolean;
  /** Whether a page's payload may say what is to be tested. No notification then pops up. */
  readonly takesTests?: boolean;
}

const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // A saved fixture would be a fixture changed for the next test.
  "files.autoSave": "off",
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** A running VS Code server, to be opened in a browser. */
export class VSCodeServer {
  readonly #process: OwnedProcess;
  readonly #port: number;

  private constructor(process: OwnedProcess, port: number) {
    this.#process = process;
    this.#port = port;
  }

  /** Starts a server with an empty profile. Resolves when it can be asked for pages. */
  static async start(
    installation: Installation,
    {
      folder,
      settings,
      environment,
      extension,
      asksForTrust = false,
      takesTests = false,
    }: ServerOptions,
  ): Promise<VSCodeServer> {
    await writeSettings(folder, { ...quietSettings, ...settings });
    const env = foreignEnvironment({
      ...environment,
      PATH: [path.dirname(installation.node), process.env["PATH"]].join(
        path.delimiter,
      ),
    });
    if (extension !== undefined) {
      await installExtension(installation, folder, extension);
    }
    const port = await freePort();
    const server = run(installation, folder, env, [
      ...serverFlags,
      ...(takesTests ? ["--enable-smoke-test-driver"] : []),
      ...(asksForTrust ? [] : ["--disable-workspace-trust"]),
      "--port",
      String(port),
    ]);
    try {
      await reachable(`http://127.0.0.1:${String(port)}/version`, server);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw new Error(
        `The VS Code server did not start:\n${await readFile(logIn(folder), "utf8")}`,
        { cause: error },
      );
    }
    return new VSCodeServer(server, port);
  }

  /** Resolves when the server ends by itself, with its exit code or signal. */
  get ended(): Promise<number | NodeJS.Signals> {
    return this.#process.ended;
  }

  /** A file or folder of this machine as the workbench names it. */
  uri(file: string): string {
    return `vscode-remote://127.0.0.1:${String(this.#port)}${encodeURI(file)}`;
  }

  /** The page of a workbench on a folder, or on what a .code-workspace file lists. */
  page(
    workspace: string,
    payload: readonly (readonly [string, string])[] = [],
  ): string {
    const query = new URLSearchParams({
      [workspace.endsWith(".code-workspace") ? "workspace" : "folder"]:
        workspace,
      payload: JSON.stringify([
        ["skipWelcome", "true"],
        ["skipReleaseNotes", "true"],
        ...payload,
      ]),
    });
    return `http://127.0.0.1:${String(this.#port)}/?${query.toString()}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
  }
}

/**
 * Installs a .vsix into a server's folder.
 *
 * @returns the folder of the server's extensions
 */
export async function installExtension(
  installation: Installation,
  folder: string,
  extension: string,
): Promise<string> {
  const args = ["--install-extension", extension];
  const env = foreignEnvironment();
  await using installer = run(installation, folder, env, args);
  if ((await installer.ended) !== 0) {
    throw new Error(
      `${extension} could not be installed:\n${await readFile(logIn(folder), "utf8")}`,
    );
  }
  return path.join(folder, "extensions");
}

function run(
  { node, serverMain }: Installation,
  folder: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): OwnedProcess {
  const output = openSync(logIn(folder), "a");
  try {
    return new OwnedProcess(
      node,
      [serverMain, ...profileFlags(folder), ...args],
      { env, stdio: ["ignore", output, output] },
    );
  } finally {
    closeSync(output);
  }
}

function logIn(folder: string): string {
  return path.join(folder, "server.log");
}

const serverFlags = [
  "--host",
  "127.0.0.1",
  "--without-connection-token",
  "--accept-server-license-terms",
  "--telemetry-level",
  "off",
  "--disable-telemetry",
  "--skip-welcome",
  "--skip-release-notes",
];

function profileFlags(folder: string): string[] {
  return [
    "--server-data-dir",
    path.join(folder, "server-data"),
    "--user-data-dir",
    path.join(folder, "user-data"),
    "--extensions-dir",
    path.join(folder, "extensions"),
  ];
}

async function writeSettings(folder: string, settings: object): Promise<void> {
  const user = path.join(folder, "user-data", "User");
  await mkdir(user, { recursive: true });
  await writeFile(
    path.join(user, "settings.json"),
    JSON.stringify(settings, undefined, 2),
  );
}

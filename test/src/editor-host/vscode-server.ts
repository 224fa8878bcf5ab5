import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { foreignEnvironment } from "./foreign-environment.js";
import type { Installation } from "./installation.js";
import { OwnedProcess } from "./owned-process.js";

const startTimeout = 120_000;

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
    }: ServerOptions,
  ): Promise<VSCodeServer> {
    await writeSettings(folder, { ...quietSettings, ...settings });
    const env = foreignEnvironment({
      ...environment,
      PATH: [path.dirname(installation.node), process.env["PATH"]].join(
        path.delimiter,
      ),
    });
    const log = path.join(folder, "server.log");
    const run = (args: readonly string[]): OwnedProcess => {
      const output = openSync(log, "a");
      try {
        return new OwnedProcess(
          installation.node,
          [installation.serverMain, ...profileFlags(folder), ...args],
          { env, stdio: ["ignore", output, output] },
        );
      } finally {
        closeSync(output);
      }
    };
    if (extension !== undefined) {
      await using installer = run(["--install-extension", extension]);
      if ((await installer.ended) !== 0) {
        throw new Error(
          `${extension} could not be installed:\n${await readFile(log, "utf8")}`,
        );
      }
    }
    const port = await freePort();
    const server = run([
      ...serverFlags,
      ...(asksForTrust ? [] : ["--disable-workspace-trust"]),
      "--port",
      String(port),
    ]);
    try {
      await reachable(`http://127.0.0.1:${String(port)}/version`, server);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw new Error(
        `The VS Code server did not start:\n${await readFile(log, "utf8")}`,
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

const serverFlags = [
  "--host",
  "127.0.0.1",
  "--without-connection-token",
  "--accept-server-license-terms",
  // Without it a built workbench ignores the payload of the page's address,
  // which says what to test.
  "--enable-smoke-test-driver",
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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function reachable(address: string, server: OwnedProcess): Promise<void> {
  const deadline = AbortSignal.timeout(startTimeout);
  const ended = server.ended.then((end) => {
    throw new Error(`it ended with ${String(end)}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const response = fetch(address, { signal: deadline }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (await Promise.race([response, ended])) {
      return;
    }
    await Promise.race([
      setTimeout(100, undefined, { signal: deadline }),
      ended,
    ]);
  }
}

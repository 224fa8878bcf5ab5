import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { foreignEnvironment } from "./foreign-environment.js";
import { freePort, reachable } from "./http-server.js";
import { OwnedProcess } from "./owned-process.js";
import { buildName, type WebInstallation } from "./web-installation.js";

/** What a server of VS Code for the Web works with. */
export interface WebServerOptions {
  /** An empty folder, for the log. */
  readonly folder: string;
  /** A folder with extensions, unpacked. */
  readonly extensions: string;
  /** The folder that is opened; edits of it stay in the page. */
  readonly workspace: string;
}

/** A server of VS Code for the Web: it serves files, and runs nothing of the editor. */
export class WebServer {
  readonly #process: OwnedProcess;

  /** The address of the workbench. */
  readonly page: string;

  private constructor(process: OwnedProcess, page: string) {
    this.#process = process;
    this.page = page;
  }

  /** Starts a server. Resolves when it can be asked for pages. */
  static async start(
    { testWeb, builds }: WebInstallation,
    { folder, extensions, workspace }: WebServerOptions,
  ): Promise<WebServer> {
    const port = String(await freePort());
    const log = path.join(folder, "web-server.log");
    const output = openSync(log, "a");
    const server = new OwnedProcess(
      process.execPath,
      [
        testWeb,
        "--browser=none",
        "--quality=stable",
        `--commit=${buildName}`,
        `--testRunnerDataDir=${builds}`,
        `--extensionDevelopmentPath=${extensions}`,
        `--port=${port}`,
        workspace,
      ],
      { env: foreignEnvironment(), stdio: ["ignore", output, output] },
    );
    closeSync(output);
    const page = `http://localhost:${port}/`;
    try {
      await reachable(page, server);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw new Error(
        `VS Code for the Web is not served:\n${await readFile(log, "utf8")}`,
        { cause: error },
      );
    }
    return new WebServer(server, page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
  }
}

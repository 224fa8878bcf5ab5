import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { canInstall, findInPath, install } from "../apt-get.js";
import { atExit } from "../editor-host/at-exit.js";
import { TemporaryFolder } from "../temporary-folder.js";

/** A real Redis on this machine alone, gone at the end of the block. */
export class RedisServer {
  #child: ChildProcess | undefined;
  readonly #callOff = atExit(() => this.#child?.kill("SIGKILL"));

  private constructor(
    readonly port: number,
    private readonly folder: TemporaryFolder,
    private readonly persistent: boolean,
  ) {}

  /** @param options whether it still knows after a restart what it knew before */
  static async start(options = { persistent: false }): Promise<RedisServer> {
    const folder = await TemporaryFolder.create();
    for (;;) {
      const port = await freePort();
      const server = new RedisServer(port, folder, options.persistent);
      if (await server.restart()) return server;
      // Somebody else has taken the port in the meantime.
    }
  }

  /** Kills it without giving it time for anything. */
  async crash(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** Starts it again; returns whether it listens. */
  async restart(): Promise<boolean> {
    const settings = {
      port: this.port,
      bind: "127.0.0.1",
      dir: this.folder.path,
      save: "",
      appendonly: this.persistent ? "yes" : "no",
      appendfsync: "always",
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ]);
    const child = spawn(await ensureRedisServer(), args, {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes("Ready to accept connections")) {
        child.stdout.resume();
        return true;
      }
    }
    return false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.crash();
    this.#callOff();
    await this.folder[Symbol.asyncDispose]();
  }
}

/**
 * The server that REDIS_SERVER names, that is installed, or one from the
 * system's packages, installed now.
 */
async function ensureRedisServer(): Promise<string> {
  const named = process.env["REDIS_SERVER"];
  if (named !== undefined) return named;
  const names = ["redis-server", "valkey-server"];
  const installed = findInPath(names);
  if (installed !== undefined) return installed;
  const hint =
    "Install it, on Debian with `sudo apt-get install redis-server`, or name the executable in REDIS_SERVER.";
  if (!canInstall()) {
    throw new Error(`The Redis tests need redis-server. ${hint}`);
  }
  console.log("installing redis-server with apt-get, once");
  await install("redis-server");
  const fresh = findInPath(names);
  if (fresh === undefined)
    throw new Error(`apt-get brought no server. ${hint}`);
  return fresh;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

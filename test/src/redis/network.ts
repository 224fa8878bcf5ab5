import { once } from "node:events";
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

/** A network between a client and a server of this machine, which can be cut. */
export class Network {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #cut = false;

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<Network> {
    const server = createServer();
    const network = new Network(server);
    server.on("connection", (near) => {
      const far = connect(port, "127.0.0.1");
      const pair = [near, far] as const;
      network.#pairs.add(pair);
      for (const [from, to] of [pair, [far, near]] as const) {
        from.on("data", (data) => to.write(data));
        from.on("error", () => undefined);
        from.on("close", () => {
          to.destroy();
          network.#pairs.delete(pair);
        });
      }
      if (network.#cut) network.#stop(pair);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return network;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on nothing arrives any more, in either direction. */
  cut(): void {
    this.#cut = true;
    for (const pair of this.#pairs) this.#stop(pair);
  }

  /** What was under way arrives after all. */
  mend(): void {
    this.#cut = false;
    for (const pair of this.#pairs) for (const end of pair) end.resume();
  }

  /** Breaks all connections that there are. */
  reset(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  }

  #stop(pair: readonly [Socket, Socket]): void {
    for (const end of pair) end.pause();
  }

  [Symbol.dispose](): void {
    this.server.close();
    this.reset();
  }
}

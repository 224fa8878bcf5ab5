import mysql from "mysql2";
import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** The half of mysql2's connections that speaks for a server. */
interface ServedConnection {
  sequenceId: number;
  on(event: "error", listener: () => void): void;
  serverHandshake(options: object): void;
}

export interface DatabaseServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

// Neither compression nor encryption.
const capabilityFlags = 0xffffff & ~0x20 & ~0x800;

/** A server on a port of its own that lets anybody log in. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const server = mysql.createServer((served) => {
    const connection = served as unknown as ServedConnection;
    // Whoever hangs up is a pool that closes.
    connection.on("error", () => undefined);
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: "8.0.0",
      connectionId: 1,
      statusFlags: 2,
      characterSet: 45,
      capabilityFlags,
      authCallback: (_login: object, done: (refusal: null) => void) => {
        done(null);
        connection.sequenceId = 0;
      },
    });
  });
  // Only the socket server within knows which port it was given.
  const { _server: sockets } = server as unknown as { _server: Server };
  sockets.listen(0, "127.0.0.1");
  await once(sockets, "listening");
  return {
    port: (sockets.address() as AddressInfo).port,
    close: async () => {
      sockets.close();
      await once(sockets, "close");
    },
  };
}

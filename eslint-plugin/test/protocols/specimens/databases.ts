import type { Collection, Maker, Methods } from "../specimen.js";
import { startDatabaseServer } from "./database-server.js";

type Class = new (...args: unknown[]) => Methods;

/** A real client, but one that reaches its server at once. */
function connectedClient(Client: Class): Class {
  return class extends Client {
    constructor(...args: unknown[]) {
      super(...args);
      Object.assign(this, {
        connect: (done: () => void) => process.nextTick(done),
        end: (done: () => void) => process.nextTick(done),
      });
    }
  };
}

const settings = {
  host: "127.0.0.1",
  user: "user",
  database: "database",
  max: 1,
  idleTimeoutMillis: 0,
};

function pgPool(load: () => Promise<{ Client: Class }>): Maker {
  return async (Pool: Class) => {
    const { Client } = await load();
    const client = connectedClient(Client);
    const pool = new Pool({ ...settings, Client: client });
    // Neon's pool takes no option for it.
    Object.assign(pool, { Client: client });
    return { receiver: () => pool };
  };
}

const pg = pgPool(() => import("pg") as never);

const onServer: Maker = async (createPool: (options: object) => Methods) => {
  const server = await startDatabaseServer();
  const pool = createPool({
    host: "127.0.0.1",
    port: server.port,
    connectionLimit: 1,
  });
  return {
    receiver: () => pool,
    end: async () => {
      await pool["end"]!();
      await server.close();
    },
  };
};

const clusterOnServer: Maker = async (
  createPoolCluster: (options?: object) => Methods,
) => {
  const server = await startDatabaseServer();
  // A pool that ends isn't to be taken for one that fails.
  const cluster = createPoolCluster({
    canRetry: false,
    removeNodeErrorCount: Infinity,
  });
  cluster["add"]!("only", {
    host: "127.0.0.1",
    port: server.port,
    connectionLimit: 1,
  });
  return {
    receiver: () => cluster,
    end: async () => {
      await cluster["end"]!();
      await server.close();
    },
  };
};

/** Pools of connections to a database. */
export const databases: readonly Collection[] = [
  { module: "pg", makers: { Pool: pg } },
  { module: "pg-pool", makers: { default: pg } },
  {
    module: "mysql2/promise",
    makers: { createPool: onServer, createPoolCluster: clusterOnServer },
  },
  {
    module: "mariadb",
    makers: { createPool: onServer },
  },
  {
    module: "@neondatabase/serverless",
    makers: { Pool: pgPool(() => import("@neondatabase/serverless") as never) },
  },
];

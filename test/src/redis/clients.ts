import { once } from "node:events";
import { Redis } from "ioredis";
import { createClient } from "redis";
import type { RedisClient } from "semaphore-guard/redis";

/** A client of a library, to be closed at the end of the block. */
export interface OpenClient extends Disposable {
  readonly client: RedisClient;
}

export async function openIoRedis(port: number): Promise<OpenClient> {
  const client = new Redis(port, "127.0.0.1", {
    maxRetriesPerRequest: null,
    retryStrategy: () => 20,
  });
  client.on("error", () => undefined);
  await once(client, "ready");
  return { client, [Symbol.dispose]: () => client.disconnect() };
}

export async function openNodeRedis(port: number): Promise<OpenClient> {
  const client = createClient({
    socket: { host: "127.0.0.1", port, reconnectStrategy: () => 20 },
  });
  client.on("error", () => undefined);
  await client.connect();
  return { client, [Symbol.dispose]: () => client.destroy() };
}

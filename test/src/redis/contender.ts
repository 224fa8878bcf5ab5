/**
 * A process of many clients, each with a connection of its own, that all want
 * permits of the same semaphore; or one that holds one until it is killed.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { RedisSemaphore } from "semaphore-guard/redis";
import { Census } from "./census.js";
import { openIoRedis } from "./clients.js";

export interface Contention {
  port: number;
  limit: number;
  lease: number;
  clients: number;
  rounds: number;
  /** How far this process's clock is ahead, in milliseconds. */
  clockAhead: number;
  /** Keeps the first permit instead of releasing it. */
  hold: boolean;
}

const contention = JSON.parse(process.argv[2]!) as Contention;
const { port, limit, lease, clients, rounds, clockAhead, hold } = contention;

// Nobody listens any more.
process.once("disconnect", () => process.exit());

const now = Date.now.bind(Date);
Date.now = () => now() + clockAhead;

using direct = {
  redis: new Redis(port, "127.0.0.1"),
  [Symbol.dispose]() {
    this.redis.disconnect();
  },
};
const census = new Census(direct.redis);

await Promise.all(
  Array.from({ length: clients }, (_, client) => contend(client)),
);
tell("done");
process.disconnect?.();

async function contend(client: number): Promise<void> {
  using open = await openIoRedis(port);
  const semaphore = new RedisSemaphore(open.client, "shared", limit, {
    lease,
    retryInterval: 40,
  });
  const who = `${process.pid}:${client}`;
  for (let round = 0; round < rounds; round++) {
    await using permit = await semaphore.acquire();
    await census.enter(who);
    tell("entered", permit.token);
    if (hold) await hang(permit.signal);
    await delay(1);
    permit.signal.throwIfAborted();
    await census.leave(who);
  }
}

/** Tells when the lease is lost, and stays. */
async function hang(signal: AbortSignal): Promise<never> {
  signal.addEventListener("abort", () => tell("lost"));
  return new Promise(() => setInterval(() => undefined, 1000));
}

function tell(event: string, token?: number): void {
  process.send?.({ event, token });
}

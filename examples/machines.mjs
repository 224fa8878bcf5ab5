// Two clients, as of two machines, that share a limit of one by Redis.
import { Redis } from "ioredis";
import { RedisSemaphore } from "semaphore-guard/redis";

const url = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const clients = [new Redis(url), new Redis(url)];
const [here, there] = clients.map(
  (client) => new RedisSemaphore(client, "report", 1, { lease: 1000 }),
);

const permit = await here.acquire();
try {
  const other = await there.tryAcquire();
  console.log(other ? "both are inside" : "the other has to wait");
  await other?.release();
} finally {
  await permit.release();
}

await there.withPermit(({ token, signal }) => {
  console.log(token > permit.token ? "its token is greater" : "it is not");
  console.log(signal.aborted ? "lost" : "the lease is held");
});
for (const client of clients) client.disconnect();

import RedisMock from "ioredis-mock";
import type { Collection, Maker, Methods } from "../specimen.js";

type Class = new (...args: unknown[]) => Methods;

const atOnce = {
  acquireAttemptsLimit: 1,
  retryInterval: 0,
  refreshInterval: 0,
};

/** Every specimen has a server of its own. */
let lastPort = 0;

function startRedis() {
  return new RedisMock({ port: ++lastPort });
}

/** Each holder has a receiver of its own, as each process would. */
function redisSemaphore(
  clients: "one" | "several",
  ...limits: number[]
): Maker {
  return (exported: Class) => {
    const redis = startRedis();
    const client = clients === "one" ? redis : [redis];
    return {
      receiver: () => new exported(client, "key", ...limits, atOnce),
      refuses: true,
    };
  };
}

function redlock(resource: unknown): Maker {
  return (Redlock: Class) => {
    const receiver = new Redlock([startRedis()], { retryCount: 0 });
    // A failed attempt is reported as an event too.
    receiver["on"]!("error", () => undefined);
    return {
      receiver: () => receiver,
      refuses: true,
      acquireArgs: [resource, 1000],
      scopedArgs: [resource, 1000],
    };
  };
}

/** Holders in the same process share a receiver, and stand in line there. */
const leases: Maker = (RedisSemaphore: Class) => {
  const receiver = new RedisSemaphore(startRedis(), "key", 1);
  return { receiver: () => receiver };
};

/** Locks that a Redis server keeps; its scripts run in a Lua interpreter. */
export const redis: readonly Collection[] = [
  {
    module: "redis-semaphore",
    makers: {
      Mutex: redisSemaphore("one"),
      Semaphore: redisSemaphore("one", 1),
      MultiSemaphore: redisSemaphore("one", 1, 1),
      RedlockMutex: redisSemaphore("several"),
      RedlockSemaphore: redisSemaphore("several", 1),
      RedlockMultiSemaphore: redisSemaphore("several", 1, 1),
    },
  },
  { module: "semaphore-guard/redis", makers: { RedisSemaphore: leases } },
  {
    module: "redlock",
    makers: { default: redlock("key") },
    lacks: ["release", "using"],
  },
  {
    module: "redlock",
    installedAs: "redlock5",
    makers: { default: redlock(["key"]) },
    lacks: ["*", "lock", "unlock"],
  },
];

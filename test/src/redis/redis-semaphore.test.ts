import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { mapLimit } from "semaphore-guard";
import {
  RedisSemaphore,
  type LeaseLostError,
  type RedisClient,
  type RedisPermit,
} from "semaphore-guard/redis";
import { Census } from "./census.js";
import { openIoRedis, openNodeRedis } from "./clients.js";
import type { Contention } from "./contender.js";
import { Network } from "./network.js";
import { RedisServer } from "./redis-server.js";

/** Short, so that the tests are; each waits for what happens, not for a time. */
const LEASE = 600;

const isLost = (reason: unknown) =>
  (reason as LeaseLostError).code === "ERR_LEASE_LOST";

const lost = async (permit: RedisPermit) => {
  const { signal } = permit;
  if (!signal.aborted) await once(signal, "abort");
  assert.ok(isLost(signal.reason));
};

for (const [library, open] of [
  ["ioredis", openIoRedis],
  ["node-redis", openNodeRedis],
] as const) {
  describe(`RedisSemaphore on ${library}`, () => {
    let server: RedisServer;
    let connection: Awaited<ReturnType<typeof open>>;
    let name = 0;

    before(async () => {
      server = await RedisServer.start();
      connection = await open(server.port);
    });

    after(async () => {
      connection[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    });

    const make = (limit: number, client: RedisClient = connection.client) =>
      new RedisSemaphore(client, `semaphore ${String(name)}`, limit, {
        lease: LEASE,
        retryInterval: 10,
      });

    beforeEach(() => {
      name++;
    });

    it("lets no more than the limit in, whichever object they come by", async () => {
      const here = make(2);
      const there = make(2);
      const first = await here.acquire();
      const second = await there.acquire();
      assert.equal(await here.tryAcquire(), undefined);
      assert.ok(second.token > first.token);
      const third = here.acquire();
      assert.equal(await first.release(), true);
      assert.equal(await first.release(), false);
      assert.ok((await third).token > second.token);
      assert.equal(await second.release(), true);
      assert.equal(await (await third).release(), true);
    });

    it("releases with await using, also when the block throws", async () => {
      const semaphore = make(1);
      const failing = (async () => {
        await using permit = await semaphore.acquire();
        assert.equal(permit.released, false);
        throw new Error("failed");
      })();
      await assert.rejects(failing, { message: "failed" });
      await using permit = await semaphore.tryAcquire();
      assert.equal(permit?.weight, 1);
    });

    it("renews the lease for as long as the permit is held", async () => {
      const semaphore = make(1);
      const permit = await semaphore.acquire();
      const other = make(1).acquire({ timeout: 3 * LEASE });
      await assert.rejects(other, { code: "ERR_ACQUIRE_TIMEOUT" });
      assert.equal(permit.signal.aborted, false);
      assert.equal(await permit.release(), true);
    });

    it("lets the callers of one object in by their order", async () => {
      const semaphore = make(1);
      const held = await semaphore.acquire();
      const order: number[] = [];
      const callers = [1, 2, 3].map((place) =>
        semaphore.withPermit(() => order.push(place)),
      );
      await held.release();
      await Promise.all(callers);
      assert.deepEqual(order, [1, 2, 3]);
    });

    it("ends a wait by signal or timeout, and holds nothing then", async () => {
      const semaphore = make(1);
      const held = await semaphore.acquire();
      const controller = new AbortController();
      const asking = semaphore.acquire(controller);
      const queued = semaphore.acquire(controller);
      controller.abort("no more");
      for (const wait of [asking, queued, semaphore.acquire(controller)]) {
        await assert.rejects(wait, (reason) => reason === "no more");
      }
      await assert.rejects(semaphore.acquire({ timeout: 1 }), {
        code: "ERR_ACQUIRE_TIMEOUT",
      });
      await held.release();
      await (await semaphore.acquire()).release();
    });

    it("gives back what Redis grants after the caller has given up", async () => {
      const semaphore = make(1);
      const controller = new AbortController();
      const given = semaphore.acquire(controller);
      await Promise.resolve();
      controller.abort("too late");
      await assert.rejects(given, (reason) => reason === "too late");
      await (await make(1).acquire({ timeout: LEASE / 2 })).release();
    });

    it("counts a permit by its weight", async () => {
      const semaphore = make(3);
      const heavy = await semaphore.acquire({ weight: 2 });
      assert.equal(await semaphore.tryAcquire({ weight: 2 }), undefined);
      const light = await semaphore.acquire();
      assert.equal(await heavy.release(), true);
      assert.equal(await light.release(), true);
      await (await semaphore.acquire({ weight: 3 })).release();
      await assert.rejects(semaphore.acquire({ weight: 4 }), {
        code: "ERR_INVALID_WEIGHT",
      });
    });

    it("is a governor of mapLimit, and wraps functions", async () => {
      const semaphore = make(2);
      assert.deepEqual(
        await mapLimit([1, 2, 3], semaphore, (n) => 2 * n),
        [2, 4, 6],
      );
      assert.equal(await semaphore.wrap((n: number) => n + 1)(1), 2);
    });

    it("aborts the signal when Redis has forgotten the lease", async () => {
      const semaphore = make(1);
      const permit = await semaphore.acquire();
      using direct = await openIoRedis(server.port);
      await (direct.client as Redis).flushall();
      await lost(permit);
      assert.equal(await permit.release(), false);
    });

    it("tells a holder that is cut off before anybody else can get in", async () => {
      using network = await Network.to(server.port);
      using far = await open(network.port);
      const cutOff = await make(1, far.client).acquire();
      const events: string[] = [];
      cutOff.signal.addEventListener("abort", () => events.push("lost"));
      const next = make(1)
        .acquire()
        .then((permit) => {
          events.push("granted");
          return permit;
        });
      network.cut();
      await lost(cutOff);
      const permit = await next;
      assert.deepEqual(events, ["lost", "granted"]);
      // What was under way must not bring the old lease back to life.
      network.mend();
      assert.equal(await cutOff.release(), false);
      assert.ok(permit.token > cutOff.token);
      assert.equal(await permit.release(), true);
      await (await make(1).acquire({ timeout: LEASE / 2 })).release();
    });

    it("releases within the lease even while cut off, and never rejects", async () => {
      using network = await Network.to(server.port);
      using far = await open(network.port);
      const permit = await make(1, far.client).acquire();
      network.cut();
      assert.equal(await permit.release(), false);
      await (await make(1).acquire()).release();
    });

    it("waits on through a broken connection, and loses nothing by it", async () => {
      using network = await Network.to(server.port);
      using far = await open(network.port);
      const held = await make(1).acquire();
      const waiting = make(1, far.client).acquire();
      network.reset();
      await held.release();
      await (await waiting).release();
      await (await make(1).acquire({ timeout: LEASE })).release();
    });

    it("refuses what is no client, name, limit or lease", () => {
      const { client } = connection;
      const wrong = { code: "ERR_INVALID_ARGUMENT" };
      assert.throws(() => new RedisSemaphore({} as never, "name", 1), wrong);
      assert.throws(() => new RedisSemaphore(client, "", 1), wrong);
      assert.throws(
        () => new RedisSemaphore(client, "name", 1, { lease: 5 }),
        wrong,
      );
      assert.throws(() => new RedisSemaphore(client, "name", 0), {
        code: "ERR_INVALID_LIMIT",
      });
    });
  });
}

describe("RedisSemaphore when Redis restarts", () => {
  it("keeps the leases if Redis keeps its data, waiters included", async () => {
    await using server = await RedisServer.start({ persistent: true });
    using here = await openIoRedis(server.port);
    using there = await openIoRedis(server.port);
    const options = { lease: 5000, retryInterval: 10 };
    const holder = new RedisSemaphore(here.client, "shared", 1, options);
    const waiter = new RedisSemaphore(there.client, "shared", 1, options);
    const permit = await holder.acquire();
    const waiting = waiter.acquire();
    await server.crash();
    assert.equal(await server.restart(), true);
    await assert.rejects(holder.acquire({ timeout: 100 }), {
      code: "ERR_ACQUIRE_TIMEOUT",
    });
    assert.equal(permit.signal.aborted, false);
    assert.equal(await permit.release(), true);
    assert.ok((await waiting).token > permit.token);
    await (await waiting).release();
  });

  it("tells the holders if Redis has lost its data, and tokens still grow", async () => {
    await using server = await RedisServer.start();
    using here = await openIoRedis(server.port);
    const semaphore = new RedisSemaphore(here.client, "shared", 1, {
      lease: LEASE,
    });
    const permit = await semaphore.acquire();
    await server.crash();
    assert.equal(await server.restart(), true);
    await lost(permit);
    await using next = await semaphore.acquire();
    assert.ok(next.token > permit.token);
  });

  it("tells the holders if Redis stays away", async () => {
    await using server = await RedisServer.start();
    using here = await openIoRedis(server.port);
    const semaphore = new RedisSemaphore(here.client, "shared", 1, {
      lease: LEASE,
    });
    const permit = await semaphore.acquire();
    await server.crash();
    await lost(permit);
    assert.equal(await permit.release(), false);
    await assert.rejects(semaphore.acquire({ timeout: 50 }), {
      code: "ERR_ACQUIRE_TIMEOUT",
    });
  });
});

describe("RedisSemaphore between processes", () => {
  interface Told {
    event: "entered" | "lost" | "done";
    token: number;
  }

  class Contender implements Disposable {
    readonly child: ChildProcess;
    readonly #told: Told[] = [];
    readonly #exit: Promise<unknown>;

    constructor(contention: Contention) {
      const script = new URL("contender.js", import.meta.url);
      this.child = fork(script, [JSON.stringify(contention)]);
      this.child.on("message", (told: Told) => this.#told.push(told));
      this.#exit = once(this.child, "exit");
    }

    /** Waits until it has told of so many events of a kind. */
    async told(event: Told["event"], count = 1): Promise<Told> {
      for (;;) {
        const found = this.#told.filter((told) => told.event === event);
        if (found.length >= count) return found[count - 1]!;
        const message = once(this.child, "message");
        const ended = await Promise.race([
          message.then(() => false),
          this.#exit.then(() => true),
        ]);
        if (ended) throw new Error(`A process ended before it ${event}.`);
      }
    }

    async kill(): Promise<void> {
      this.child.kill("SIGKILL");
      await this.#exit;
    }

    [Symbol.dispose](): void {
      this.child.kill("SIGKILL");
    }
  }

  let server: RedisServer;
  let direct: Redis;
  let census: Census;

  beforeEach(async () => {
    server = await RedisServer.start();
    direct = new Redis(server.port, "127.0.0.1");
    census = new Census(direct);
  });

  afterEach(async () => {
    direct.disconnect();
    await server[Symbol.asyncDispose]();
  });

  const contention = (rest: Partial<Contention>): Contention => ({
    port: server.port,
    limit: 1,
    lease: LEASE,
    clients: 1,
    rounds: 1,
    clockAhead: 0,
    hold: false,
    ...rest,
  });

  it("passes the permit of a process that crashed on, and not before it expires", async () => {
    using holder = new Contender(contention({ hold: true }));
    const { token } = await holder.told("entered");
    using next = new Contender(contention({}));
    await holder.kill();
    await census.leave(`${String(holder.child.pid)}:0`);
    assert.ok((await next.told("entered")).token > token);
    await next.told("done");
    assert.equal(await census.most(), 1);
  });

  it("tells a process that was stopped beyond its lease, whose token gives it away", async () => {
    using holder = new Contender(contention({ hold: true }));
    const { token } = await holder.told("entered");
    holder.child.kill("SIGSTOP");
    using next = new Contender(contention({}));
    const { token: later } = await next.told("entered");
    assert.ok(later > token);
    holder.child.kill("SIGCONT");
    await holder.told("lost");
  });

  it("goes by the server's clock, however wrong those of the clients are", async () => {
    const hour = 3_600_000;
    const contenders = [-hour, 0, hour].map(
      (clockAhead) =>
        new Contender(
          contention({ limit: 2, clients: 4, rounds: 10, clockAhead }),
        ),
    );
    try {
      await Promise.all(contenders.map((contender) => contender.told("done")));
    } finally {
      for (const contender of contenders) contender[Symbol.dispose]();
    }
    assert.ok((await census.most()) <= 2);
    assert.equal(await census.entries(), 120);
    assert.equal(await direct.zcard("semaphore:{shared}"), 0);
  });

  it("serves 200 clients in five processes, one of them killed, within the limit and losing nothing", async () => {
    const limit = 8;
    const many = contention({ limit, lease: 1500, clients: 40, rounds: 2 });
    const contenders = Array.from({ length: 5 }, () => new Contender(many));
    try {
      const [victim, ...survivors] = contenders;
      await victim!.told("entered", 20);
      await victim!.kill();
      const dead = await direct.hkeys("inside");
      for (const who of dead) {
        const [pid] = who.split(":");
        if (Number(pid) === victim!.child.pid) await census.leave(who);
      }
      await Promise.all(survivors.map((contender) => contender.told("done")));
    } finally {
      for (const contender of contenders) contender[Symbol.dispose]();
    }
    const most = await census.most();
    assert.ok(most <= limit, `${String(most)} inside`);
    assert.ok((await census.entries()) >= 4 * 40 * 2);
    const semaphore = new RedisSemaphore(direct, "shared", limit, {
      lease: 1500,
    });
    await using all = await semaphore.acquire({ weight: limit });
    assert.equal(await direct.zcard("semaphore:{shared}"), all.weight);
  });
});

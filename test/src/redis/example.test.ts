import assert from "node:assert/strict";
import { runExample } from "../examples/run-example.js";
import { RedisServer } from "./redis-server.js";

describe("The example of several machines", () => {
  it("lets one in at a time, with a growing token", async () => {
    await using server = await RedisServer.start();
    const REDIS_URL = `redis://127.0.0.1:${String(server.port)}`;
    assert.deepEqual(await runExample("machines.mjs", { REDIS_URL }), [
      "the other has to wait",
      "its token is greater",
      "the lease is held",
    ]);
  });
});

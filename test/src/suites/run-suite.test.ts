import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { runSuite, type Suite } from "./run-suite.js";

function suite(script: string): Suite {
  return {
    name: "made up",
    command: process.execPath,
    args: ["--eval", script],
  };
}

function writes(tally: unknown): string {
  return `fs.writeFileSync(process.env.SEMAPHORE_GUARD_TALLY, '${JSON.stringify(tally)}');`;
}

describe("runSuite", () => {
  it("takes over what the suite counted", async () => {
    const tally = { passed: 5, failed: 0, skipped: 1 };
    assert.deepEqual(await runSuite(suite(writes(tally))), { tally });
  });

  it("adds nothing to failures that were counted", async () => {
    const tally = { passed: 5, failed: 2, skipped: 0 };
    assert.deepEqual(
      await runSuite(suite(`${writes(tally)} process.exitCode = 2`)),
      { tally },
    );
  });

  it("counts a suite that wrote nothing as a failure", async () => {
    assert.deepEqual(await runSuite(suite("process.exitCode = 0")), {
      tally: { passed: 0, failed: 1, skipped: 0 },
      problem: "wrote no tally",
    });
  });

  it("counts a suite without tests as a failure", async () => {
    const tally = { passed: 0, failed: 0, skipped: 0 };
    assert.deepEqual(await runSuite(suite(writes(tally))), {
      tally: { ...tally, failed: 1 },
      problem: "ran no test",
    });
  });

  it("counts a crash after the last test as a failure", async () => {
    const tally = { passed: 5, failed: 0, skipped: 0 };
    assert.deepEqual(
      await runSuite(suite(`${writes(tally)} process.exitCode = 7`)),
      { tally: { ...tally, failed: 1 }, problem: "ended with exit code 7" },
    );
  });

  it("counts a suite that was killed as a failure", async () => {
    const tally = { passed: 5, failed: 0, skipped: 0 };
    assert.deepEqual(
      await runSuite(
        suite(`${writes(tally)} process.kill(process.pid, "SIGKILL")`),
      ),
      { tally: { ...tally, failed: 1 }, problem: "was ended by SIGKILL" },
    );
  });

  it("ends a suite that never does, with the processes it started", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    const connected = once(server, "connection") as Promise<[Socket]>;
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const script = `require("node:net").connect(${port}, "127.0.0.1")`;
    const endless = suite(
      `const { spawn } = require("node:child_process");
       spawn(process.execPath, ["--eval", ${JSON.stringify(script)}]);
       ${writes({ passed: 5, failed: 0, skipped: 0 })}`,
    );
    const running = runSuite(endless, connected);
    const [socket] = await connected;
    const closed = once(
      socket.on("error", () => undefined),
      "close",
    );
    assert.deepEqual(await running, {
      tally: { passed: 5, failed: 1, skipped: 0 },
      problem: "was ended by SIGKILL",
    });
    await closed;
    server.close();
  });
});

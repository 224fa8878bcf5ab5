import { runOnJavaScript } from "../support/rule-testers.js";

const rule = "no-acquire-in-try";
const withLock = (code: string) => `import { Mutex } from "redis-semaphore";
const lock = new Mutex(client, "key");
async function f() {
${code}
}`;
const withPool = (code: string) => `import pg from "pg";
const pool = new pg.Pool();
async function f() {
${code}
}`;

describe("no-acquire-in-try", () => {
  runOnJavaScript(rule, {
    valid: [
      withLock(
        "  await lock.acquire(); try { await work(); } finally { await lock.release(); }",
      ),
      {
        name: "a release that looks whether there is something to release",
        code: withPool(`  let client;
  try { client = await pool.connect(); await work(client); } finally { client?.release(); }`),
      },
      {
        name: "a release under a condition",
        code: withPool(`  let client;
  try { client = await pool.connect(); await work(client); } finally { if (client) client.release(); }`),
      },
      {
        name: "a flag that says whether the acquire went well",
        code: withLock(`  let held = false;
  try { await lock.acquire(); held = true; await work(); } finally { if (held) await lock.release(); }`),
      },
      {
        name: "an acquire that is never rejected",
        code: `import { Sema } from "async-sema";
const sema = new Sema(1);
async function f() { try { await sema.acquire(); await work(); } finally { sema.release(); } }`,
      },
      {
        name: "a second acquire of the same semaphore, which may be the one released",
        code: withLock(
          `  try { if (!(await lock.tryAcquire())) await lock.acquire(); await work(); } finally { await lock.release(); }`,
        ),
      },
    ],
    invalid: [
      {
        name: "an acquire that begins the try, and moves out of it",
        code: withLock(`  try {
    await lock.acquire();
    await work();
  } finally {
    await lock.release();
  }`),
        errors: [
          {
            message:
              "If `lock.acquire()` fails, `lock.release()` (line 8) releases a permit that was never acquired. Acquire before the `try`.",
            suggestions: [
              {
                messageId: "moveOut",
                output: withLock(`  await lock.acquire();
  try {
    await work();
  } finally {
    await lock.release();
  }`),
              },
            ],
          },
        ],
      },
      {
        name: "an acquire assigned to a variable outside",
        code: withPool(`  let client;
  try {
    client = await pool.connect();
    await work(client);
  } finally {
    client.release();
  }`),
        errors: [
          {
            messageId: "acquireInTry",
            suggestions: [
              {
                messageId: "moveOut",
                output: withPool(`  let client;
  client = await pool.connect();
  try {
    await work(client);
  } finally {
    client.release();
  }`),
              },
            ],
          },
        ],
      },
      {
        name: "not moved away from a catch, which would no longer see it fail",
        code: withLock(`  try {
    await lock.acquire();
    await work();
  } catch (error) {
    report(error);
  } finally {
    await lock.release();
  }`),
        errors: [{ messageId: "acquireInTry" }],
      },
    ],
  });
});

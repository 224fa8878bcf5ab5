import { runOnJavaScript } from "../support/rule-testers.js";

const rule = "no-per-call-semaphore";
const inside = (code: string) => `import { Semaphore } from "semaphore-guard";
async function f(urls) {
${code}
}`;

describe("no-per-call-semaphore", () => {
  runOnJavaScript(rule, {
    valid: [
      `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
async function f(url) { await sem.withPermit(() => fetch(url)); }`,
      {
        name: "one that the callbacks of a map share",
        code: inside(`  const sem = new Semaphore(3);
  await Promise.all(urls.map((url) => sem.withPermit(() => fetch(url))));`),
      },
      {
        name: "one whose tasks run side by side",
        code: inside(`  const sem = new Semaphore(3);
  const tasks = [];
  for (const url of urls) tasks.push(sem.withPermit(() => fetch(url)));
  await Promise.all(tasks);`),
      },
      {
        name: "one that is passed on, returned or stored",
        code: inside(`  const sem = new Semaphore(3);
  await sem.acquire();
  return run(urls, sem);`),
      },
      {
        name: "a lock that is shared by its name, or a pool",
        code: `import { Mutex } from "redis-semaphore";
import pg from "pg";
async function f(redis) {
  const mutex = new Mutex(redis, "name");
  await mutex.acquire();
  const pool = new pg.Pool();
  const client = await pool.connect();
  client.release();
  await mutex.release();
}`,
      },
      "const sem = new Semaphore(3); async function f() { const s = new Semaphore(1); await s.acquire(); }",
    ],
    invalid: [
      {
        name: "one that only the function itself waits for",
        code: inside(`  const sem = new Semaphore(3);
  const permit = await sem.acquire();
  try { return await fetch(urls[0]); } finally { permit.release(); }`),
        errors: [{ messageId: "perCall", data: { name: "sem" }, line: 3 }],
      },
      {
        name: "one whose scoped form is awaited on the spot",
        code: inside(`  const sem = new Semaphore(3);
  return await sem.withPermit(() => fetch(urls[0]));`),
        errors: [{ messageId: "perCall" }],
      },
    ],
  });
});

import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "require-release";

const withOurs = (code: string) => `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
${code}`;

const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
${code}`;

const withTuple = (code: string) => `import { Semaphore } from "async-mutex";
const sem = new Semaphore(3);
${code}`;

const withPool = (code: string) => `import { Pool } from "pg";
const pool = new Pool();
${code}`;

const withSema = (code: string) => `const { Sema } = require("async-sema");
const sema = new Sema(3);
${code}`;

const suggestion = (messageId: string) => (output: string) => ({
  messageId,
  output,
});
const using = suggestion("useUsing");
const scoped = suggestion("useScopedForm");
const inFinally = suggestion("useFinally");
const inCatch = suggestion("useCatch");
const beforeReturn = suggestion("releaseBeforeReturn");

/** A report without looking at its suggestions: RuleTester wants their number. */
const reports = (messageId: string, suggestions: number) => ({
  messageId,
  suggestions,
});

describe("require-release", () => {
  describe("is silent where every path releases", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "a try whose finally releases",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  try { await work(); } finally { release(); }
}`),
        },
        {
          name: "the scoped form",
          code: withMutex(`const f = () => mutex.runExclusive(work);`),
        },
        {
          name: "a release in catch and in the normal course",
          code: withSema(`async function f() {
  await sema.acquire();
  try { await work(); } catch (error) { sema.release(); throw error; }
  sema.release();
}`),
        },
        {
          name: "a release in every case of a switch",
          code: withSema(`async function f(kind) {
  await sema.acquire();
  switch (kind) {
    case 1: sema.release(); return 1;
    case 2:
    default: sema.release(); break;
  }
}`),
        },
        {
          name: "a helper called on every path",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  const done = () => { count--; release(); };
  try { await work(); done(); } catch (error) { done(); throw error; }
}`),
        },
        {
          name: "an acquire under the same condition as the release",
          code: withSema(`async function f(limited) {
  if (limited) await sema.acquire();
  try { await work(); } finally { if (limited) sema.release(); }
}`),
        },
        {
          name: "a flag that says whether to release",
          code: withSema(`async function f() {
  let held = false;
  try {
    await sema.acquire();
    held = true;
    await work();
  } finally {
    if (held) sema.release();
  }
}`),
        },
        {
          name: "an optional call of a release that may not be there",
          code: withMutex(`async function f() {
  let release;
  try { release = await mutex.acquire(); await work(); } finally { release?.(); }
}`),
        },
        {
          name: "tryAcquire that got nothing",
          code: withOurs(`function f() {
  const permit = sem.tryAcquire();
  if (permit === undefined) return false;
  try { return work(); } finally { permit.release(); }
}`),
        },
        {
          name: "tryAcquire in a condition",
          code: withSema(`function f() {
  if (!sema.tryAcquire()) return;
  try { work(); } finally { sema.release(); }
}`),
        },
        {
          name: "a loop that releases in each round, whatever happens",
          code: withSema(`async function f(items) {
  for (const item of items) {
    await sema.acquire();
    try {
      if (item.skip) continue;
      if (item.last) break;
      await work(item);
    } finally { sema.release(); }
  }
}`),
        },
        {
          name: "loops that gather permits and give them back",
          code: withSema(`async function drain(n) {
  for (let i = 0; i < n; i++) await sema.acquire();
  for (let i = 0; i < n; i++) sema.release();
}`),
        },
        {
          name: "only calls that can hardly throw in between",
          code: withSema(`async function f(state) {
  await sema.acquire();
  console.log("acquired", Date.now());
  state.count += 1;
  await new Promise((resolve) => setTimeout(resolve, 10));
  sema.release();
}`),
        },
        {
          name: "an ordinary call in between, unless the option says otherwise",
          code: withSema(`async function f() {
  await sema.acquire();
  work();
  sema.release();
}`),
        },
        {
          name: "the end of the process",
          code: withSema(`async function f() {
  await sema.acquire();
  process.exit(1);
}`),
        },
      ],
      invalid: [],
    });
  });

  describe("is silent where somebody else owns the permit", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "who is returned it",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  return release;
}`),
        },
        {
          name: "who is returned an object or a closure with it",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  return { value: 1, close: () => release() };
}`),
        },
        {
          name: "a promise that releases when it settles",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  return work().finally(release);
}`),
        },
        {
          name: "a callback that releases later",
          code: withSema(`async function f(stream) {
  await sema.acquire();
  stream.once("close", () => sema.release());
}`),
        },
        {
          name: "work that is let go on its own",
          code: withOurs(`async function f(items) {
  for (const item of items) {
    const permit = await sem.acquire();
    if (item.skip) permit.release();
    else void run(item, permit);
  }
}`),
        },
        {
          name: "an object made of it, where only a failure releases",
          code: withOurs(`async function f() {
  const permit = await sem.acquire();
  try { return new Session(permit); } catch (error) { permit.release(); throw error; }
}
async function g() {
  const permit = await sem.acquire();
  const session = new Session(permit);
  if (!session.isOpen) { permit.release(); return; }
  await session.run();
}`),
        },
        {
          name: "a timer or a listener that uses it from then on",
          code: `import { open } from "node:fs/promises";
async function f(every) {
  const file = await open("metrics", "w");
  await file.write("time");
  async function track() { await file.write("1"); setTimeout(track, every); }
  void track();
}
async function g(bus) {
  const file = await open("metrics", "w");
  await file.write("time");
  bus.on("line", (line) => file.write(line));
}`,
        },
        {
          name: "an object's field",
          code: withMutex(`class Job { async start() {
  this.release = await mutex.acquire();
  await this.work();
} }`),
        },
        {
          name: "a collection",
          code: withOurs(`async function f(permits) {
  permits.push(await sem.acquire());
  const permit = await sem.acquire();
  permits.add(permit);
}`),
        },
        {
          name: "a variable of the function around",
          code: withMutex(`function f() {
  let release;
  return { async lock() { release = await mutex.acquire(); }, unlock() { release(); } };
}`),
        },
        {
          name: "another method, by the semaphore",
          code: withSema(`export const lock = async () => { await sema.acquire(); };
export const unlock = () => { sema.release(); };`),
        },
        {
          name: "the whole program",
          code: withOurs(`const permit = await sem.acquire(); await main();`),
        },
      ],
      invalid: [],
    });
  });

  describe("is silent where nothing says that it is a semaphore", () => {
    runOnJavaScript(rule, {
      valid: [
        "async function f(sem) { await sem.acquire(); await work(); }",
        `import { Semaphore } from "./my-semaphore.js";
async function f() { const s = new Semaphore(1); await s.acquire(); await work(); }`,
        "async function f() { const camera = await device.acquire(); await shoot(camera); }",
        // The promise is not awaited on the spot: what becomes of it is not followed.
        withMutex(
          "const f = () => mutex.acquire().then((release) => work().finally(release));",
        ),
      ],
      invalid: [],
    });
  });

  describe("reports a throw that skips the release", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "where an object is made of the permit, and what follows releases it anyway",
          code: withOurs(`async function f(request) {
  const permit = await sem.acquire();
  request.session = new Session(permit);
  await handle(request);
  permit.release();
}`),
          errors: [reports("leaksOnThrow", 3)],
        },
        {
          name: "where a callback that runs at once uses the permit",
          code: `import { open } from "node:fs/promises";
async function f(lines) {
  const file = await open("metrics", "w");
  await Promise.all(lines.map((line) => file.write(line)));
}`,
          errors: [reports("neverReleased", 2)],
        },
        {
          name: "of an awaited call, with the call and its line",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  await save(1);
  release();
}`),
          errors: [
            {
              message:
                "The permit from `mutex.acquire()` is not released if `await save(1)` (line 5) throws. Use `mutex.runExclusive()`, or release in `finally`.",
              line: 4,
              column: 25,
              suggestions: [
                scoped(
                  withMutex(`async function f() {
  await mutex.runExclusive(() => save(1));
}`),
                ),
                inFinally(
                  withMutex(`async function f() {
  const release = await mutex.acquire();
  try {
    await save(1);
  } finally {
    release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "that is caught before the end of the function",
          code: withSema(`async function f() {
  try {
    await sema.acquire();
    await work();
    sema.release();
  } catch (error) {
    console.error(error);
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              data: {
                acquire: "sema.acquire()",
                thrower: "await work()",
                line: "6",
                advice: "Release it in `finally`.",
              },
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  try {
    await sema.acquire();
    try {
      await work();
    } finally {
      sema.release();
    }
  } catch (error) {
    console.error(error);
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "of a throw statement",
          code: withSema(`async function f(ok) {
  await sema.acquire();
  if (!ok) throw new Error("no");
  sema.release();
}`),
          errors: [reports("leaksOnThrowStatement", 1)],
        },
        {
          name: "of an ordinary call",
          code: withSema(`async function f() {
  await sema.acquire();
  work();
  sema.release();
}`),
          options: [{ throws: "any" }],
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "before the try",
          code: withSema(`async function f() {
  await sema.acquire();
  const x = await load();
  try { await work(x); } finally { sema.release(); }
}`),
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "in a catch that releases too late",
          code: withSema(`async function f() {
  await sema.acquire();
  try { await work(); } catch (error) { await report(error); sema.release(); throw error; }
  sema.release();
}`),
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "before the permit is handed on",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  await prepare();
  return release;
}`),
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "where a helper would release",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  function done() { release(); }
  await work();
  done();
}`),
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "into a generator, or its end at a yield",
          code: withSema(`async function* f(items) {
  await sema.acquire();
  for (const item of items) yield item;
  sema.release();
}`),
          errors: [reports("leaksOnReturn", 1)],
        },
      ],
    });
  });

  describe("reports a way out that skips the release", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "by an early return",
          code: withMutex(`async function f(x) {
  const release = await mutex.acquire();
  if (x) return null;
  release();
}`),
          errors: [reports("leaksOnReturn", 2)],
        },
        {
          name: "by continue",
          code: withSema(`async function f(items) {
  for (const item of items) {
    await sema.acquire();
    if (item.skip) continue;
    console.log(item);
    sema.release();
  }
}`),
          errors: [
            {
              messageId: "leaksOnRepeat",
              suggestions: [
                inFinally(
                  withSema(`async function f(items) {
  for (const item of items) {
    await sema.acquire();
    try {
      if (item.skip) continue;
      console.log(item);
    } finally {
      sema.release();
    }
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "by a labelled break",
          code: withSema(`async function f(rows) {
  outer: for (const row of rows) {
    for (const cell of row) {
      await sema.acquire();
      if (cell.last) break outer;
      sema.release();
    }
  }
}`),
          errors: [reports("leaksAtEnd", 1)],
        },
        {
          name: "by a branch without a release",
          code: withSema(`async function f(x) {
  await sema.acquire();
  if (x) sema.release();
}`),
          errors: [reports("leaksAtEnd", 0)],
        },
        {
          name: "because there is none",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  await work();
}`),
          errors: [reports("neverReleased", 2)],
        },
        {
          name: "because there is none in the file of a private semaphore",
          code: withSema(`export async function f() {
  await sema.acquire();
  return work();
}`),
          errors: [reports("neverReleased", 1)],
        },
      ],
    });
  });

  describe("knows a permit by its use, whatever it is of", () => {
    runOnTypeScript(rule, {
      valid: [
        {
          name: "not where the function never gives it back",
          code: "async function f() { const client = await service.connect(); await client.ping(); }",
        },
        {
          name: "released only if it is one's own",
          code: `class A { async f() {
  const runner = this.runner ?? this.connection.createQueryRunner();
  try { await runner.query("x"); } finally { if (runner !== this.runner) await runner.release(); }
} }`,
        },
        {
          name: "told from a failure by what it is not",
          code: `async function f() {
  const lease = await registry.acquire();
  if (lease === "busy" || typeof lease === "number") return;
  try { await work(); } finally { lease.release(); }
}`,
        },
        {
          name: "said in words to have been had, or not",
          code: `class A {
  async f() {
    const outcome = await this.lock.acquire();
    if (outcome !== "acquired") return undefined;
    try { return await work(); } finally { await this.lock.release(); }
  }
  async g() {
    const outcome = await this.lock.acquire();
    const isOurs = outcome === Outcome.Acquired;
    if (!isOurs && !this.goesOnWithout) return;
    try { await work(); } finally { if (outcome === Outcome.Acquired) await this.lock.release(); }
  }
  async h() {
    switch (await this.lock.acquire()) {
      case "acquired": await work(); this.lock.release(); break;
      case "busy": await later();
    }
  }
}`,
        },
        {
          name: "passed on by a promise's resolve",
          code: `const f = (pool) => new Promise((resolve) => {
  pool.acquire().then((permit) => { if (late) permit.release(); else resolve(permit); });
});`,
        },
        {
          name: "ended by functions of another module, which may release",
          code: `import { commit, rollback } from "./transaction.js";
async function f(pool) {
  const connection = await pool.connect();
  try {
    await connection.query("begin");
    await commit(connection);
  } catch (error) {
    try { await rollback(connection); } catch (lost) { connection.release(lost); }
    throw error;
  }
}`,
        },
      ],
      invalid: [
        {
          name: "before another module is told to end what a pool lent",
          code: `import { Pool } from "pg";
import { commit } from "./transaction.js";
const pool = new Pool();
async function f() {
  const connection = await pool.connect();
  await connection.query("begin");
  await commit(connection);
  connection.release();
}`,
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "where a function of the file ends it, and doesn't release",
          code: `const commit = (connection) => connection.query("commit");
async function f(pool) {
  const connection = await pool.connect();
  await commit(connection);
  connection.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "where another module does more than end it",
          code: `import { commitAll } from "./transaction.js";
async function f(pool, rows) {
  const connection = await pool.connect();
  await commitAll(connection, rows);
  connection.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "by its own method",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.query("x");
  await runner.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "by a method of somebody else",
          code: `class A { async f() {
  const connection = await this.acquireConnection();
  await this.query(connection);
  await this.releaseConnection(connection);
} }`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "by being called",
          code: `async function f() {
  const release = await getNonceLock();
  await send();
  release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "of the semaphore itself, in the function that then calls",
          code: `const { Sema } = require("async-sema");
const sema = new Sema(3);
const f = () => sema.acquire().then(async () => { await work(); sema.release(); });`,
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "that is returned, which a later throw would undo, so that no rewrite is right",
          code: `const { Semaphore } = require("semaphore-guard");
const pool = new Semaphore(3);
async function f(row) {
  try {
    const permit = await pool.acquire();
    await save(row);
    return permit;
  } finally {
    await close(row);
  }
}`,
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "by the object that handed it out",
          code: `class A { async f() { await this.lock(); await work(); this.unlock(); } }`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "a reader of a stream that is unlocked on one path only",
          code: `async function f(response) {
  const reader = response.body.getReader();
  for (;;) { const { done, value } = await reader.read(); if (done) break; await handle(value); }
  reader.releaseLock();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
      ],
    });
  });

  describe("takes the permit's own word while it is held", () => {
    runOnTypeScript(rule, {
      valid: [
        {
          name: "that it isn't released yet",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  try { await runner.query("x"); } finally { if (runner && !runner.isReleased) await runner.release(); }
}`,
        },
        {
          name: "compared with a truth value",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  try { await runner.query("x"); } finally { if (runner.isReleased === false) await runner.release(); }
}`,
        },
        {
          name: "that it can be released, under the condition of the acquire",
          code: `import { Pool } from "pg";
async function f(pool) {
  const client = pool instanceof Pool ? await pool.connect() : pool;
  try { await client.query("x"); } finally { if (pool instanceof Pool && "release" in client) client.release(); }
}`,
        },
        {
          name: "that a latch is not set yet",
          code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
let isReleased = false;
async function f() {
  await mutex.acquire();
  try { await work(); } finally { if (!isReleased) { isReleased = true; mutex.release(); } }
}`,
        },
        {
          name: "that a helper has nothing to close",
          code: `import fs from "node:fs";
async function f(file) {
  let handle;
  const clean = async () => {
    if (!handle || Number.isInteger(handle)) return;
    try { await handle.close(); } catch (error) { console.log(error); }
    handle = undefined;
  };
  try { handle = await fs.promises.open(file); await handle.stat(); } catch (error) { await clean(); throw error; }
  await clean();
}`,
        },
      ],
      invalid: [
        {
          name: "but of a flag that is nobody's latch nothing is known",
          code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function f(isOwn) {
  await mutex.acquire();
  try { await work(); } finally { if (isOwn) mutex.release(); }
}`,
          errors: [reports("leaksAtEnd", 0)],
        },
        {
          name: "but a permit that is of no use has to go back as well",
          code: `async function f(pool) {
  const client = await pool.connect();
  if (!client.connected) throw new Error("gone");
  try { await client.query("x"); } finally { client.release(); }
}`,
          errors: [reports("leaksOnThrowStatement", 0)],
        },
        {
          name: "but whether it is in a transaction says nothing of that",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.query("x");
  if (runner.isTransactionActive) { await runner.rollbackTransaction(); }
  await runner.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
      ],
    });
  });

  describe("follows conditions through the variables that keep them", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "a permit acquired in one branch of a value",
          code: withMutex(`async function f(locks) {
  let release;
  try { release = locks ? await mutex.acquire() : undefined; await work(); } finally { release?.(); }
}`),
        },
        {
          name: "what follows from one of two conditions",
          code: `import { Pool } from "pg";
const pool = new Pool();
async function f(client) {
  const isOwn = client === undefined || client.isReadOnly();
  if (client === undefined || isOwn) client = await pool.connect();
  try { await client.query("x"); } finally { if (isOwn) client.release(); }
}`,
        },
        {
          name: "a permit returned from one branch of a value",
          code: `import { Pool } from "pg";
const pool = new Pool();
async function f(isWanted) {
  const client = await pool.connect();
  return isWanted ? client : release(client);
}`,
        },
      ],
      invalid: [
        {
          name: "but not the other branch of a negation",
          code: withMutex(`async function f(locks) {
  const release = locks ? await mutex.acquire() : undefined;
  try { await work(); } finally { if (!locks) release?.(); }
}`),
          errors: [reports("leaksAtEnd", 0)],
        },
      ],
    });
  });

  describe("knows TypeORM's query runners by the name of their maker", () => {
    runOnTypeScript(rule, {
      valid: [
        {
          name: "that hold nothing where connecting fails",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try { await runner.query("x"); } finally { await runner.release(); }
}`,
        },
        {
          name: "whose source is ended in `finally`",
          code: `async function f(dataSource) {
  try {
    const runner = dataSource.createQueryRunner();
    await runner.query("x");
    await runner.release();
  } finally { await dataSource.destroy(); }
}`,
        },
        {
          name: "that take nothing before they are used",
          code: `async function f(dataSource, keys) {
  const runner = dataSource.createQueryRunner();
  if (keys.length > 10) throw new RangeError("too many");
  const statement = await render(keys);
  try { await runner.query(statement); } finally { await runner.release(); }
}`,
        },
        {
          name: "that `using` releases however much they are used",
          code: `async function f(dataSource) {
  await using runner = dataSource.createQueryRunner();
  await runner.query("x");
}`,
        },
        {
          name: "of which only the data source is asked",
          code: `const f = (dataSource) => dataSource.createQueryRunner("master").connection;`,
        },
        {
          name: "that share the one connection of SQLite",
          code: `class SqliteSaver { async f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.query("x");
  await runner.release();
} }`,
        },
        {
          name: "that are handed on",
          code: "const f = (driver) => driver.createQueryRunner();",
        },
      ],
      invalid: [
        {
          name: "never released",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.query("x");
}`,
          errors: [reports("neverReleased", 1)],
        },
        {
          name: "lost when a transaction can't be started",
          code: `async function f(dataSource) {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try { await runner.query("x"); } finally { await runner.release(); }
}`,
          errors: [
            {
              messageId: "leaksOnThrow",
              data: {
                acquire: "dataSource.createQueryRunner()",
                thrower: "await runner.startTransaction()",
                line: "4",
                advice: "Release it in \`finally\`.",
              },
              suggestions: 0,
            },
          ],
        },
        {
          name: "lost on a path past the end of its source",
          code: `async function f(dataSource, keys) {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  if (keys.length > 10) throw new RangeError("too many");
  try {
    await runner.query("x");
    await runner.release();
  } finally { await dataSource.destroy(); }
}`,
          errors: [reports("leaksOnThrowStatement", 0)],
        },
        {
          name: "lost by what throws, not by the clean-up after it",
          code: `async function f(dataSource, other) {
  try {
    const runner = dataSource.createQueryRunner();
    await runner.query("x");
    await runner.release();
  } catch (error) {
    console.error(error);
    throw error;
  } finally { await other.destroy(); }
}`,
          errors: [
            {
              messageId: "leaksOnThrow",
              data: {
                acquire: "dataSource.createQueryRunner()",
                thrower: 'await runner.query("x")',
                line: "4",
                advice: "Release it in \`finally\`.",
              },
              suggestions: 1,
            },
          ],
        },
      ],
    });
  });

  describe("takes a stream read to its end for one that is given back", () => {
    runOnTypeScript(rule, {
      valid: [
        {
          name: "and a read that fails for the end as well",
          code: `async function f(response) {
  const reader = response.body.getReader();
  for (;;) { const { done } = await reader.read(); if (done) break; }
  reader.releaseLock();
}`,
        },
        {
          name: "which it is too where there is no value",
          code: `async function f(response) {
  const reader = response.body.getReader();
  for (;;) { const { done, value } = await reader.read(); if (done || !value) break; chunks.push(value); }
  await save(chunks);
}
async function g(response) {
  const reader = response.body.getReader();
  for (;;) { const result = await reader.read(); if (!result.value) return; chunks.push(result.value); }
}`,
        },
        {
          name: "whatever keeps the flag",
          code: `async function f(response) {
  const reader = response.body.getReader();
  let isDone = false;
  while (!isDone) { const { done, value } = await reader.read(); isDone = done; chunks.push(value); }
}`,
        },
        {
          name: "whatever the flag is copied from",
          code: `async function f(response, signal) {
  const reader = response.body.getReader();
  let isDone = false;
  while (!isDone) { if (signal.aborted) break; const result = await reader.read(); isDone = result.done; }
}`,
        },
        {
          name: "not where nobody asks whether it has ended",
          code: `async function f(response) {
  const reader = response.body.getReader();
  const last = await reader.read();
  await expect(last.done).toBe(true);
}`,
        },
        {
          name: "a write that fails",
          code: `async function f(stream, chunk) {
  const writer = stream.getWriter();
  await writer.write(chunk);
  await writer.close();
}`,
        },
        {
          name: "a stream that nobody else has",
          code: `async function f(file) {
  const reader = file.stream().getReader();
  await hash(reader);
  reader.releaseLock();
}`,
        },
        {
          name: "one side of a stream that the function makes and keeps to itself",
          code: `async function f(text) {
  const stream = new CompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  writer.write(text);
  const { value } = await reader.read();
  await handle(value);
}`,
        },
        {
          name: "not where the reader is passed on",
          code: `async function f(response) {
  const reader = response.body.getReader();
  const { done } = await reader.read();
  if (!done) await drain(reader);
}`,
        },
      ],
      invalid: [
        {
          name: "left in the middle, a stream of which a side is given away",
          code: `async function f(source) {
  const stream = new CompressionStream("gzip");
  const reader = stream.readable.getReader();
  for (;;) {
    const result = await reader.read();
    if (result.done) return stream.readable;
    await handle(result.value);
  }
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "left in the middle by a throw",
          code: `async function f(response) {
  const reader = response.body.getReader();
  for (;;) {
    const result = await reader.read();
    if (result.done) return;
    await handle(result.value);
  }
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "left in the middle by who takes what is yielded",
          code: `async function* f(response) {
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    yield value;
  }
}`,
          errors: [reports("leaksOnReturn", 1)],
        },
      ],
    });
  });

  describe("follows a release into what runs later", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "a callback that always releases",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  send((error) => { if (error) { release(); return; } done(); release(); });
}`),
        },
        {
          name: "a callback that may run often",
          code: withMutex(`async function f(events) {
  const release = await mutex.acquire();
  events.on("row", (row) => { if (row) return; release(); });
}`),
        },
        {
          name: "a link of a chain that hears of every outcome",
          code: `const f = (pool) => pool.getConnection().then((c) => c.query("x").finally(() => { c.release(); }));`,
        },
        {
          name: "a chain with a catch",
          code: `const f = (pool) => pool.getConnection().then((c) =>
  c.query("x").then(() => { c.release(); }).catch(() => { c.release(); }));`,
        },
      ],
      invalid: [
        {
          name: "a callback that returns early",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  send((error) => { if (error) return; release(); });
}`),
          errors: [reports("leaksOnReturn", 0)],
        },
        {
          name: "a chain that is handed the release for one outcome",
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  await work().then(null, release);
}`),
          errors: [reports("leaksAtEnd", 0)],
        },
        {
          name: "a link that runs only if all goes well",
          code: `function f(pool) {
  const connecting = pool.acquireConnection();
  return connecting.then((c) => query(c).then(() => { pool.releaseConnection(c); }));
}`,
          errors: [reports("leaksOnThrow", 0)],
        },
      ],
    });
  });

  describe("with every throw counted, knows what hardly throws", () => {
    runOnJavaScript(rule, {
      valid: [
        "const state = createState(); const id = this.#getId(); new Registry();",
        "this.log(1); logError(2); emitter.emit(3); emitter.prependListener(4, f);",
        "const p = later(1); async function later() {}",
        "send(1).catch(f);",
      ].map((calls) => ({
        options: [{ throws: "any" }],
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
class A { #getId() {} async f(emitter, f) {
  const release = await mutex.acquire();
  ${calls}
  release();
} }`,
      })),
      invalid: ["work();", "createState(1);", "toChecksum(2);"].map(
        (calls) => ({
          options: [{ throws: "any" }],
          code: withMutex(`async function f() {
  const release = await mutex.acquire();
  ${calls}
  release();
}`),
          errors: [reports("leaksOnThrow", 2)],
        }),
      ),
    });
  });

  describe("asks of evidence by use that the release comes after the call", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "not a lock taken back for the caller",
          code: `class A { async f() {
  await this.lock.release();
  try { await work(); } finally { await this.lock.acquire(); }
} }`,
        },
        {
          name: "not a thread that is to stay locked",
          code: `async function f(issues) {
  await issues.unlock(id);
  await comment(id);
  await issues.lock(id);
}`,
        },
        {
          name: "two locks of the process, one after the other",
          code: `class A { async f() {
  const one = await this.writeLock.lock();
  const two = await this.fundLock.lock();
  try { await work(); } finally { two(); one(); }
} }`,
        },
        {
          name: "a connection that is ended instead",
          code: `async function f(pool) {
  const connection = await pool.getConnection();
  let isDone = false;
  try { await work(connection); connection.release(); isDone = true; } finally { if (!isDone) connection.dispose(); }
}`,
        },
        {
          name: "what swallows every error in between",
          code: `async function f(pool) {
  const client = await pool.connect();
  await rollBackQuietly(client);
  await client.ping().catch(returnFalse);
  client.release();
}
async function rollBackQuietly(client) { try { await client.query("ROLLBACK"); } catch (error) { console.error(error); } }
function returnFalse() { return false; }`,
        },
        {
          name: "not by an end, which may be that of anything",
          code: `async function f(net) { const socket = await net.connect(); await socket.ping(); socket.destroy(); }`,
        },
        {
          name: "a connection that is destroyed instead",
          code: `async function f(pool, ok) {
  const connection = await pool.acquire();
  try { await work(connection); } finally { if (ok) pool.release(connection); else await pool.destroy(connection); }
}`,
        },
      ],
      invalid: [
        {
          name: "a lock that functions take and give back",
          code: `async function f(name) {
  const lock = await locks.waitLockAsync(name);
  await work();
  await locks.releaseLockAsync(lock);
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "a permit that is only lent in an object",
          code: `async function f(pool) {
  const client = await pool.connect();
  await run({ client });
  client.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "what is allocated at once",
          code: `async function f(pool) {
  const client = pool.alloc();
  await work(client);
  pool.release(client);
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
      ],
    });
  });

  describe("knows what of a file handle closes it", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "a stream made from it",
          code: `import { open } from "node:fs/promises";
async function f(path) { const file = await open(path); await upload(file.createReadStream()); }`,
        },
      ],
      invalid: [
        {
          name: "but not a read, in a function with a parameter for the path",
          code: `import * as fs from "node:fs";
async function f(path) {
  const file = await fs.promises.open(path, "r");
  await file.stat();
  await file.close();
}`,
          errors: [reports("leaksOnThrow", 2)],
        },
      ],
    });
  });

  describe("is silent where nobody can wait for the permit any more", () => {
    runOnJavaScript(rule, {
      valid: [
        `import { Mutex } from "async-mutex";
it("locks", async () => {
  const mutex = new Mutex();
  const release = await mutex.acquire();
  await check(1);
  release();
});`,
      ],
      invalid: [
        {
          name: "but a lock in Redis outlives the function that made it",
          code: `import { Mutex } from "redis-semaphore";
async function f(redis) {
  const mutex = new Mutex(redis, "key");
  await mutex.acquire();
  await work();
  await mutex.release();
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
      ],
    });
  });

  describe("knows a semaphore by where it came from", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        `import * as lib from "async-mutex"; const m = new lib.Mutex();`,
        `import lib from "async-mutex"; const m = new lib.Mutex();`,
        `import { Mutex as M } from "async-mutex"; const m = new M();`,
        `const m = new (require("async-mutex").Mutex)();`,
        `const lib = require("async-mutex"); const m = new lib.Mutex();`,
        `import { Mutex } from "async-mutex"; let m; m = new Mutex();`,
        `import { Mutex } from "async-mutex"; const all = { one: new Mutex() }; const m = all.one;`,
      ].map((imports) => ({
        code: `${imports}
async function f() { const release = await m.acquire(); await work(); release(); }`,
        errors: [reports("leaksOnThrow", 2)],
      })),
    });
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        `import { Mutex } from "async-mutex"; declare const m: Mutex;`,
        `import type { Mutex } from "async-mutex"; let m: Mutex | undefined;`,
        `import lib = require("async-mutex"); const m = new lib.Mutex();`,
        `import { Mutex } from "async-mutex"; const m = locks as Mutex;`,
      ].map((imports) => ({
        code: `${imports}
async function f() { const release = await m!.acquire(); await work(); release(); }`,
        errors: [reports("leaksOnThrow", 2)],
      })),
    });
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        "class A { #m = new Mutex(); async f() { BODY } }",
        "class A { #m: Mutex; constructor(m: Mutex) { this.#m = m; } async f() { BODY } }",
        "class A { #m; constructor() { this.#m = new Mutex(); } async f() { BODY } }",
      ].map((code) => ({
        code: `import { Mutex } from "async-mutex";
${code.replace("BODY", "const r = await this.#m.acquire(); await work(); r();")}`,
        errors: [reports("leaksOnThrow", 2)],
      })),
    });
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        {
          name: "a parameter property",
          code: `import { Sema } from "async-sema";
class A {
  constructor(private readonly sema: Sema) {}
  async f() { await this.sema.acquire(); await work(); this.sema.release(); }
}`,
          errors: [reports("leaksOnThrow", 1)],
        },
      ],
    });
  });

  describe("offers `using` for a disposable permit", () => {
    runOnTypeScript(rule, {
      valid: [
        withOurs("async function f() { using permit = await sem.acquire(); }"),
      ],
      invalid: [
        {
          name: "and takes out a release with nothing behind it",
          code: withOurs(`async function f(x) {
  const permit = await sem.acquire();
  if (x) {
    permit.release();
    return 1;
  }
  await work();
  permit.release();
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                scoped(
                  withOurs(`async function f(x) {
  return sem.withPermit(async () => {
    if (x) {
      return 1;
    }
    await work();
  });
}`),
                ),
                using(
                  withOurs(`async function f(x) {
  using _permit = await sem.acquire();
  if (x) {
    return 1;
  }
  await work();
}`),
                ),
                inFinally(
                  withOurs(`async function f(x) {
  const permit = await sem.acquire();
  try {
    if (x) {
      return 1;
    }
    await work();
  } finally {
    permit.release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "and narrows the block to where the release came before its end",
          code: withOurs(`async function f() {
  const permit = await sem.acquire();
  await work();
  permit.release();
  await other();
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                scoped(
                  withOurs(`async function f() {
  await sem.withPermit(() => work());
  await other();
}`),
                ),
                using(
                  withOurs(`async function f() {
  {
    using _permit = await sem.acquire();
    await work();
  }
  await other();
}`),
                ),
                inFinally(
                  withOurs(`async function f() {
  const permit = await sem.acquire();
  try {
    await work();
  } finally {
    permit.release();
  }
  await other();
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "and names a permit that was thrown away",
          code: withOurs(`async function f(_permit: number) {
  await sem.acquire({ signal });
  return await work(_permit);
}`),
          errors: [
            {
              messageId: "neverReleased",
              suggestions: [
                scoped(
                  withOurs(`async function f(_permit: number) {
  return sem.withPermit(() => work(_permit), { signal });
}`),
                ),
                using(
                  withOurs(`async function f(_permit: number) {
  using _permit2 = await sem.acquire({ signal });
  return await work(_permit);
}`),
                ),
              ],
            },
          ],
        },
      ],
    });
  });

  describe("begins a `try` that comes too late", () => {
    const offers = (name: string, code: string, ...outputs: string[]) => ({
      name,
      code: withSema(code),
      errors: [
        {
          messageId: "leaksOnThrow",
          suggestions: outputs.map((output) => inFinally(withSema(output))),
        },
      ],
    });
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        offers(
          "right after the acquire",
          `async function f() {
  await sema.acquire();
  const order = await load();

  // Only now.
  try {
    await save(order);
  } finally {
    sema.release();
  }
}`,
          `async function f() {
  await sema.acquire();
  try {
    const order = await load();

    // Only now.
    await save(order);
  } finally {
    sema.release();
  }
}`,
        ),
        offers(
          "with another one around it, where it catches",
          `async function f() {
  await sema.acquire();
  const order = await load();
  try {
    await save(order);
  } catch (error) {
    report(error);
  } finally {
    sema.release();
  }
  await notify();
}`,
          `async function f() {
  await sema.acquire();
  try {
    const order = await load();
    try {
      await save(order);
    } catch (error) {
      report(error);
    }
  } finally {
    sema.release();
  }
  await notify();
}`,
        ),
        offers(
          "with another one around it, where it does more than release",
          `async function f() {
  await sema.acquire();
  const timer = await load();
  try {
    await save();
  } finally {
    timer.stop();
    sema.release();
  }
}`,
          `async function f() {
  await sema.acquire();
  try {
    const timer = await load();
    try {
      await save();
    } finally {
      timer.stop();
    }
  } finally {
    sema.release();
  }
}`,
        ),
        offers(
          "but not where two variables of one name would meet",
          `async function f() {
  await sema.acquire();
  const order = await load();
  try {
    const order = 1;
    await save(order);
  } finally {
    sema.release();
  }
}`,
        ),
        offers(
          "but not where something happens after the release",
          `async function f() {
  await sema.acquire();
  await load();
  try {
    await save();
  } finally {
    sema.release();
    await notify();
  }
}`,
        ),
      ].map(({ errors, ...each }) => ({
        ...each,
        errors: errors.map(({ suggestions, ...error }) =>
          suggestions.length > 0 ? { ...error, suggestions } : error,
        ),
      })),
    });
  });

  describe("declares before the block what is used after it", () => {
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        {
          name: "with its type, if it is written down, and patterns as well",
          code: withSema(`async function f() {
  await sema.acquire();
  const order: Order =
    await load();
  const { size, data: [first] } = await read(order);
  log(size);
  sema.release();
  return order.id + size + first;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  await sema.acquire();
  let order: Order;
  let size, first;
  try {
    order =
      await load();
    ({ size, data: [first] } = await read(order));
    log(size);
  } finally {
    sema.release();
  }
  return order.id + size + first;
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "for the narrowed block of `using`",
          code: withOurs(`async function f() {
  const permit = await sem.acquire();
  const order = await load(permit);
  const copy = { ...order };
  permit.release();
  return send(copy);
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                using(
                  withOurs(`async function f() {
  let copy;
  {
    using permit = await sem.acquire();
    const order = await load(permit);
    copy = { ...order };
  }
  return send(copy);
}`),
                ),
                inFinally(
                  withOurs(`async function f() {
  const permit = await sem.acquire();
  let copy;
  try {
    const order = await load(permit);
    copy = { ...order };
  } finally {
    permit.release();
  }
  return send(copy);
}`),
                ),
              ],
            },
          ],
        },
      ],
    });
  });

  describe("lets a `finally` that releases begin sooner", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "with its comments, around a `catch` that stays as late as it was",
          code: withSema(`async function f() {
  await sema.acquire();
  const started = await begin();
  try {
    await work(started);
  } catch (error) {
    await undo(started);
    throw error;
  } finally {
    // Let the next one in.
    sema.release();
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  await sema.acquire();
  try {
    const started = await begin();
    try {
      await work(started);
    } catch (error) {
      await undo(started);
      throw error;
    }
  } finally {
    // Let the next one in.
    sema.release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "that releases what was acquired before as well",
          code: withMutex(`async function f(client) {
  const unlock = await mutex.acquire();
  const release = await other.acquire();
  await begin();
  try {
    await work();
  } catch (error) {
    await undo();
    throw error;
  } finally {
    release();
    unlock();
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                scoped(
                  withMutex(`async function f(client) {
  await mutex.runExclusive(async () => {
    const release = await other.acquire();
    await begin();
    try {
      await work();
    } catch (error) {
      await undo();
      throw error;
    } finally {
      release();
    }
  });
}`),
                ),
                inFinally(
                  withMutex(`async function f(client) {
  const unlock = await mutex.acquire();
  try {
    const release = await other.acquire();
    await begin();
    try {
      await work();
    } catch (error) {
      await undo();
      throw error;
    } finally {
      release();
    }
  } finally {
    unlock();
  }
}`),
                ),
              ],
            },
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withMutex(`async function f(client) {
  const unlock = await mutex.acquire();
  const release = await other.acquire();
  try {
    await begin();
    try {
      await work();
    } catch (error) {
      await undo();
      throw error;
    }
  } finally {
    release();
    unlock();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but takes only the release out of one that does more",
          code: withSema(`async function f(job) {
  await sema.acquire();
  const result = new Result();
  await begin(job);
  try {
    await work(job, result);
  } finally {
    await job.end();

    // In any case.
    sema.release();
  }
  return result;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f(job) {
  await sema.acquire();
  let result;
  try {
    result = new Result();
    await begin(job);
    try {
      await work(job, result);
    } finally {
      await job.end();
    }
  } finally {
    // In any case.
    sema.release();
  }
  return result;
}`),
                ),
              ],
            },
          ],
        },
      ],
    });
  });

  describe("moves a release with the condition it has", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "where the acquire has its own",
          code: withPool(`async function f(given) {
  const client = given ?? await pool.connect();
  const rows = await client.query("SELECT 1");
  // Only what was not given.
  if (!given) {
    client.release();
  }
  return rows;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withPool(`async function f(given) {
  const client = given ?? await pool.connect();
  try {
    const rows = await client.query("SELECT 1");
    return rows;
  } finally {
    // Only what was not given.
    if (!given) {
      client.release();
    }
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "from every path on which it stands",
          code: withPool(`async function f(given) {
  const client = given ? given : await pool.connect();
  const rows = await client.query("SELECT 1");
  if (rows.length === 0) {
    if (!given) client.release();
    return [];
  }
  await client.query("SELECT 2");
  if (!given) client.release();
  return rows;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withPool(`async function f(given) {
  const client = given ? given : await pool.connect();
  try {
    const rows = await client.query("SELECT 1");
    if (rows.length === 0) {
      return [];
    }
    await client.query("SELECT 2");
    return rows;
  } finally {
    if (!given) client.release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "behind the `if` that acquires",
          code: withPool(`async function f(options) {
  let client;
  if (options.client) {
    client = options.client;
  } else {
    client = await pool.connect();
  }
  const rows = await client.query("SELECT 1");
  if (!options.client) client.release();
  await send(rows);
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withPool(`async function f(options) {
  let client;
  if (options.client) {
    client = options.client;
  } else {
    client = await pool.connect();
  }
  let rows;
  try {
    rows = await client.query("SELECT 1");
  } finally {
    if (!options.client) client.release();
  }
  await send(rows);
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not where the work in between decides on it",
          code: withPool(`async function f() {
  const client = await pool.connect();
  let done = false;
  await client.query("SELECT 1");
  done = true;
  if (done) client.release();
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
      ],
    });
  });

  describe("releases behind what a `finally` does before, even if that throws", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "with the comments on both",
          code: withPool(`async function f() {
  const client = await pool.connect();
  try {
    await client.query("SELECT 1");
  } finally {
    // First the work.
    await client.query("ROLLBACK"); // if any

    // Then the client.
    client.release(); // at last
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withPool(`async function f() {
  const client = await pool.connect();
  try {
    await client.query("SELECT 1");
  } finally {
    try {
      // First the work.
      await client.query("ROLLBACK"); // if any
    } finally {
      // Then the client.
      client.release(); // at last
    }
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "and keeps the condition of the release",
          code: withPool(`async function f() {
  let client;
  try {
    client = await pool.connect();
    await client.query("SELECT 1");
  } finally {
    await log("done");
    if (client) client.release();
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withPool(`async function f() {
  let client;
  try {
    client = await pool.connect();
    await client.query("SELECT 1");
  } finally {
    try {
      await log("done");
    } finally {
      if (client) client.release();
    }
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not on a line of one piece",
          code: withPool(`async function f() {
  const client = await pool.connect();
  try { await client.query("SELECT 1"); } finally { await log("done"); client.release(); }
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
      ],
    });
  });

  describe("releases in `catch` what is handed on", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "up to the statement that hands it on",
          code: withPool(`async function begin() {
  const client = await pool.connect();
  const { rows } = await client.query("SELECT 1");
  await client.query("BEGIN");
  return { client, rows };
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inCatch(
                  withPool(`async function begin() {
  const client = await pool.connect();
  let rows;
  try {
    ({ rows } = await client.query("SELECT 1"));
    await client.query("BEGIN");
  } catch (error) {
    client.release();
    throw error;
  }
  return { client, rows };
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "in the `try` that does so too late",
          code: withMutex(`async function lock(key) {
  const release = await mutex.acquire();
  const entry = await find(key);
  try {
    const inner = await entry.lock();
    return { unlock: () => { inner(); release(); } };
  } catch (error) {
    release();
    throw error;
  }
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inCatch(
                  withMutex(`async function lock(key) {
  const release = await mutex.acquire();
  try {
    const entry = await find(key);
    const inner = await entry.lock();
    return { unlock: () => { inner(); release(); } };
  } catch (error) {
    release();
    throw error;
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not where it may only have been lent",
          code: withPool(`async function listen() {
  const client = await pool.connect();
  await client.query("LISTEN changes");
  keepAlive(client);
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
        {
          name: "but not where the statement waits for more",
          code: withPool(`async function begin() {
  const client = await pool.connect();
  await client.query("BEGIN");
  return { client, rows: await load() };
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
      ],
    });
  });

  describe("declares before the block what is used after it, and captured", () => {
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        {
          name: "also what a function captures that is made after the block",
          code: withSema(`async function f() {
  await sema.acquire();
  const order = await load();
  sema.release();
  return () => order.id;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  await sema.acquire();
  let order;
  try {
    order = await load();
  } finally {
    sema.release();
  }
  return () => order.id;
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "with its value, if that is plain, or with none",
          code: withSema(`async function f() {
  await sema.acquire();
  let isDone = false;
  let order: Order;
  try {
    order = await load();
  } catch {
    order = none;
  }
  worker.on("done", () => {
    isDone = true;
  });
  await work(order);
  sema.release();
  return isDone ? order : undefined;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  await sema.acquire();
  let isDone = false;
  let order: Order;
  try {
    try {
      order = await load();
    } catch {
      order = none;
    }
    worker.on("done", () => {
      isDone = true;
    });
    await work(order);
  } finally {
    sema.release();
  }
  return isDone ? order : undefined;
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "without a semicolon, if the file has none",
          code: withSema(`async function f() {
  await sema.acquire()
  const { id } = await load()
  sema.release()
  await send(id)
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f() {
  await sema.acquire()
  let id
  try {
    ;({ id } = await load())
  } finally {
    sema.release()
  }
  await send(id)
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not what a function captures in the block, whose type it could not know",
          code: withSema(`async function f() {
  await sema.acquire();
  const order = await load();
  await each(() => order.id);
  sema.release();
  await send(order);
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
        {
          name: "but not what a declared function captures, whose type it could not know",
          code: withSema(`async function f() {
  await sema.acquire();
  const order = await load();
  sema.release();
  await send(id);
  function id() {
    return order.id;
  }
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
      ],
    });
  });

  describe("offers the scoped form", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "and passes on the value that came with the permit",
          code: withTuple(`async function f() {
  const [value, release] = await sem.acquire(2);
  const x = await work(value);
  await other(x);
  release();
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                scoped(
                  withTuple(`async function f() {
  await sem.runExclusive(async (value) => {
    const x = await work(value);
    await other(x);
  }, 2);
}`),
                ),
                inFinally(
                  withTuple(`async function f() {
  const [value, release] = await sem.acquire(2);
  try {
    const x = await work(value);
    await other(x);
  } finally {
    release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not over a jump out of it",
          code: withMutex(`async function f(items) {
  for (const item of items) {
    const release = await mutex.acquire();
    if (await isDone(item)) break;
    await work(item);
    release();
  }
}`),
          errors: [
            {
              messageId: "leaksAtEnd",
              suggestions: [
                inFinally(
                  withMutex(`async function f(items) {
  for (const item of items) {
    const release = await mutex.acquire();
    try {
      if (await isDone(item)) break;
      await work(item);
    } finally {
      release();
    }
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "but not over an assignment to a variable outside",
          code: withMutex(`async function f() {
  let x;
  const release = await mutex.acquire();
  x = await work();
  release();
  return x;
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withMutex(`async function f() {
  let x;
  const release = await mutex.acquire();
  try {
    x = await work();
    return x;
  } finally {
    release();
  }
}`),
                ),
              ],
            },
          ],
        },
      ],
    });
  });

  describe("offers `finally`", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "and keeps comments, blank lines and the text of template literals",
          code: withSema(`async function f(url) {
  await sema.acquire(); // one of three

  // Ask for it.
  const response = await fetch(url); // may fail

  const text = \`first
second\`;
  sema.release(); // done
  log(text.length);
}`).replace("log(text.length)", "console.log(1)"),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f(url) {
  await sema.acquire(); // one of three
  try {
    // Ask for it.
    const response = await fetch(url); // may fail

    const text = \`first
second\`;
  } finally {
    sema.release();
  } // done
  console.log(1);
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "in the file's own line endings, tabs and missing semicolons",
          code: withSema(
            "async function f() {\r\n\tawait sema.acquire()\r\n\tawait work()\r\n}\r\n",
          ),
          errors: [
            {
              messageId: "neverReleased",
              suggestions: [
                inFinally(
                  withSema(
                    "async function f() {\r\n\tawait sema.acquire()\r\n\ttry {\r\n\t\tawait work()\r\n\t} finally {\r\n\t\tsema.release()\r\n\t}\r\n}\r\n",
                  ),
                ),
              ],
            },
          ],
        },
        {
          name: "not where it would end the life of a function that is used later",
          code: withSema(`async function f() {
  await sema.acquire();
  function x() { return 1; }
  await work();
  sema.release();
  return other(x);
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
        {
          name: "not where a release in the middle lets others in",
          code: withSema(`async function f(x) {
  await sema.acquire();
  if (x) {
    sema.release();
    return other();
  }
  await work();
  sema.release();
}`),
          errors: [{ messageId: "leaksOnThrow" }],
        },
      ],
    });
  });

  describe("leaves the `return` of a release that comes to nothing", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "on the ways out, and none at the end of the function",
          code: withMutex(`async function f(id) {
  const release = await mutex.acquire();
  const row = await load(id);
  if (!row) return release();
  // Nothing is left to do.
  if (row.isDone) {
    return release();
  }
  await save(row);
  // Done.
  return release();
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                scoped(
                  withMutex(`async function f(id) {
  return mutex.runExclusive(async () => {
    const row = await load(id);
    if (!row) return;
    // Nothing is left to do.
    if (row.isDone) {
      return;
    }
    await save(row);
    // Done.
  });
}`),
                ),
                inFinally(
                  withMutex(`async function f(id) {
  const release = await mutex.acquire();
  try {
    const row = await load(id);
    if (!row) return;
    // Nothing is left to do.
    if (row.isDone) {
      return;
    }
    await save(row);
    // Done.
  } finally {
    release();
  }
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "at the end of a block after which more would follow",
          code: withSema(`async function f(id) {
  if (id) {
    await sema.acquire();
    await work(id);
    return sema.release();
  }
  await other();
}`),
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(
                  withSema(`async function f(id) {
  if (id) {
    await sema.acquire();
    try {
      await work(id);
      return;
    } finally {
      sema.release();
    }
  }
  await other();
}`),
                ),
              ],
            },
          ],
        },
        {
          name: "awaited, as an async function awaits what it returns",
          code: `async function f(chunks) {
  const { writable } = new TransformStream();
  const writer = writable.getWriter();
  await send(chunks);
  return writer.close();
}`,
          errors: [
            {
              messageId: "leaksOnThrow",
              suggestions: [
                inFinally(`async function f(chunks) {
  const { writable } = new TransformStream();
  const writer = writable.getWriter();
  try {
    await send(chunks);
  } finally {
    await writer.close();
  }
}`),
              ],
            },
          ],
        },
        {
          name: "not where a release says whether it released",
          code: `async function f(id) {
  const lock = await locks.acquire(id);
  await work(id);
  return lock.release();
}`,
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "not where a function that isn't async hands out the promise",
          code: `import { createPool } from "mariadb";
const pool = createPool();
function f() {
  return pool.getConnection().then((conn) => {
    work(conn.threadId);
    return conn.release();
  });
}`,
          options: [{ throws: "any" }],
          errors: [reports("leaksOnThrow", 0)],
        },
        {
          name: "not where a `finally` would still come to work",
          code: withMutex(`async function f(id) {
  const release = await mutex.acquire();
  try {
    if (await load(id)) return release();
  } finally {
    await log(id);
  }
  release();
}`),
          errors: [reports("leaksOnThrow", 0)],
        },
      ],
    });
  });

  describe("releases before each `return` where nothing else leaks", () => {
    const inTry = (body: string, caught = "hasFailed = true;") =>
      withSema(`let hasFailed = false;
async function f(id) {
  await sema.acquire();
  try {
${body}
    sema.release();
    await notify(id);
  } catch (error) {
    ${caught}
    sema.release();
    throw error;
  }
}`);
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "in a block, on a line, or where a block is made",
          code: inTry(`    const row = await load(id);
    if (!row) {
      await log(id);
      return;
    }
    if (row.isDone) return row;
    if (row.isOld) { hasFailed = true; return undefined; }
    rows.forEach((each) => { if (each) return; });
    await save(row);`),
          errors: [
            {
              messageId: "leaksOnReturn",
              data: {
                acquire: "sema.acquire()",
                line: "10",
                advice: "Release it before that.",
              },
              suggestions: [
                beforeReturn(
                  inTry(`    const row = await load(id);
    if (!row) {
      await log(id);
      sema.release();
      return;
    }
    if (row.isDone) {
      sema.release();
      return row;
    }
    if (row.isOld) { hasFailed = true; sema.release(); return undefined; }
    rows.forEach((each) => { if (each) return; });
    await save(row);`),
                ),
              ],
            },
          ],
        },
        {
          name: "not where what is returned may throw once it is released",
          code: inTry(`    if (await load(id)) return other(id);`),
          errors: [reports("leaksOnReturn", 0)],
        },
        {
          name: "not where a `finally` comes between",
          code: inTry(`    try {
      if (await load(id)) return;
    } finally {
      await log(id);
    }`),
          errors: [reports("leaksOnReturn", 0)],
        },
        {
          name: "not where the `catch` may throw before it releases",
          code: inTry(`    if (await load(id)) return;`, "await log(error);"),
          errors: [reports("leaksOnReturn", 0)],
        },
        {
          name: "not where there is another way out",
          code: withSema(`async function f(ids) {
  for (const id of ids) {
    await sema.acquire();
    try {
      if (!(await load(id))) return;
      if (await isLast(id)) break;
      sema.release();
      await notify(id);
    } catch (error) {
      sema.release();
      throw error;
    }
  }
}`),
          errors: [reports("leaksAtEnd", 0)],
        },
      ],
    });
  });

  describe("writes what a library's versions have", () => {
    const withRedlock = (code: string) => `import Redlock from "redlock";
const redlock = new Redlock([]);
async function f() {
${code}
}`;
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "unlock, and no scoped form, where redlock still locks",
          code: withRedlock(`  const lock = await redlock.lock("key", 1000);
  await work(lock.value);`),
          errors: [
            {
              messageId: "neverReleased",
              data: {
                acquire: 'redlock.lock("key", 1000)',
                advice: "Release it in `finally`.",
              },
              suggestions: [
                inFinally(
                  withRedlock(`  const lock = await redlock.lock("key", 1000);
  try {
    await work(lock.value);
  } finally {
    await lock.unlock();
  }`),
                ),
              ],
            },
          ],
        },
      ],
    });
  });
});

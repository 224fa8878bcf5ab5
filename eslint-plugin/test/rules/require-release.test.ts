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
          errors: [reports("leaksOnThrow", 0)],
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
          name: "passed on by a promise's resolve",
          code: `const f = (pool) => new Promise((resolve) => {
  pool.acquire().then((permit) => { if (late) permit.release(); else resolve(permit); });
});`,
        },
      ],
      invalid: [
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
          name: "by the object that handed it out",
          code: `class A { async f() { await this.lock(); await work(); this.unlock(); } }`,
          errors: [reports("leaksOnThrow", 1)],
        },
        {
          name: "a reader of a stream that is unlocked on one path only",
          code: `async function f(response) {
  const reader = response.body.getReader();
  for (;;) { const { done } = await reader.read(); if (done) break; }
  reader.releaseLock();
}`,
          errors: [reports("leaksOnThrow", 1)],
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
                using(
                  withOurs(`async function f(x) {
  using permit = await sem.acquire();
  if (x) {
    return 1;
  }
  await work();
}`),
                ),
                scoped(
                  withOurs(`async function f(x) {
  await sem.withPermit(async () => {
    if (x) {
      return 1;
    }
    await work();
  });
}`).replace("await sem", "return sem"),
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
          name: "and leaves a release that lets others in sooner",
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
                using(
                  withOurs(`async function f() {
  using permit = await sem.acquire();
  await work();
  permit.release();
  await other();
}`),
                ),
                scoped(
                  withOurs(`async function f() {
  await sem.withPermit(() => work());
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
          code: withOurs(`async function f(permit: number) {
  await sem.acquire({ signal });
  return await work(permit);
}`),
          errors: [
            {
              messageId: "neverReleased",
              suggestions: [
                using(
                  withOurs(`async function f(permit: number) {
  using permit2 = await sem.acquire({ signal });
  return await work(permit);
}`),
                ),
                scoped(
                  withOurs(`async function f(permit: number) {
  return sem.withPermit(() => work(permit), { signal });
}`),
                ),
              ],
            },
          ],
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
          name: "not where it would end the life of a name that is used later",
          code: withSema(`async function f() {
  await sema.acquire();
  const x = await work();
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
});

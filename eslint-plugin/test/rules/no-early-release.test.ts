import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-early-release";
const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function save() { await fetch("/"); }
async function f() {
${code}
}`;

const withPool = (code: string) => `import { Pool } from "pg";
const pool = new Pool();
async function load(from) { await fetch(from); }
class Exports {
  async sign(from) { await fetch(from); }
  async run(context) {
    const client = await pool.connect();
    try {
${code}
    } finally { client.release(); }
  }
}`;
const withScope = (code: string) => `import { createPool } from "generic-pool";
const pool = createPool(factory);
let current;
async function load(from) { await fetch(from); }
class Exports {
  async sign() { await fetch(this.url); }
  async run(context, url) {
    await pool.use(async (client) => { ${code} });
  }
}`;
const early = [{ messageId: "releasedEarly", suggestions: 1 }];

describe("no-early-release", () => {
  runOnJavaScript(rule, {
    valid: [
      withMutex(
        "  const release = await mutex.acquire(); try { return await save(); } finally { release(); }",
      ),
      withMutex(
        "  const release = await mutex.acquire(); try { return compute(); } finally { release(); }",
      ),
      withMutex("  return mutex.runExclusive(() => save());"),
      withMutex("  return mutex.runExclusive(async () => { await save(); });"),
      withMutex("  return mutex.runExclusive(() => { return save(); });"),
      withMutex("  try { return save(); } finally { done(); }"),
      {
        name: "a callback, of which nothing is known",
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function f(done) {
  const release = await mutex.acquire();
  try { return done(null); } finally { release(); }
}`,
      },
      {
        name: "a callback for which the callers give something synchronous",
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function withLock(work) {
  const release = await mutex.acquire();
  try { return work(); } finally { release(); }
}
withLock(() => count++);
withLock(...given, async () => {});`,
      },
      {
        name: "a return before the permit is acquired",
        code: withMutex(`  if (idle) return save();
  const release = await mutex.acquire();
  try { await save(); } finally { release(); }`),
      },
    ],
    invalid: [
      {
        name: "a callback for which a caller in the file gives an async function",
        code: `import { Mutex } from "async-mutex";
class Rates {
  #mutex = new Mutex();
  async #withLock(work) {
    const release = await this.#mutex.acquire();
    try { return work(); } finally { release(); }
  }
  async update() {
    await this.#withLock(async () => { this.rates = await load(); });
  }
}`,
        errors: [
          {
            message:
              "`work()` still runs when the permit from `this.#mutex.acquire()` is released. Await it.",
            suggestions: 1,
          },
        ],
      },
      {
        name: "a callback for which a caller gives an async function by name",
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function withLock(work) {
  const release = await mutex.acquire();
  try { return work(); } finally { release(); }
}
async function load() { await fetch("/"); }
withLock(load);`,
        errors: [{ messageId: "releasedEarly", suggestions: 1 }],
      },
      {
        name: "a promise returned from the try whose finally releases",
        code: withMutex(`  const release = await mutex.acquire();
  try {
    return save();
  } finally {
    release();
  }`),
        errors: [
          {
            message:
              "`save()` still runs when the permit from `mutex.acquire()` is released. Await it.",
            suggestions: [
              {
                messageId: "addAwait",
                output: withMutex(`  const release = await mutex.acquire();
  try {
    return await save();
  } finally {
    release();
  }`),
              },
            ],
          },
        ],
      },
      {
        name: "work that the scoped form doesn't wait for",
        code: withMutex("  await mutex.runExclusive(async () => { save(); });"),
        errors: [{ messageId: "releasedEarly", suggestions: 1 }],
      },
      {
        name: "the same in a function that cannot await",
        code: withMutex("  await mutex.runExclusive(() => { fetch('/'); });"),
        errors: [{ messageId: "releasedEarly" }],
      },
      {
        name: "an async method of the same class",
        code: `import { Mutex } from "async-mutex";
class A {
  mutex = new Mutex();
  async save() { await fetch("/"); }
  async f() {
    const release = await this.mutex.acquire();
    try { return this.save(); } finally { release(); }
  }
}`,
        errors: [{ messageId: "releasedEarly", suggestions: 1 }],
      },
    ],
  });
  runOnTypeScript(rule, {
    valid: [],
    invalid: [
      {
        name: "a promise returned under `using`",
        code: `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
async function f(url: string) {
  using permit = await sem.acquire();
  return fetch(url);
}`,
        errors: [{ messageId: "releasedEarly", suggestions: 1 }],
      },
    ],
  });

  describe("of what is lent to be worked with, is silent where the work returned can't come by it", () => {
    runOnJavaScript(rule, {
      valid: [
        {
          name: "another method, given something else",
          code: withPool(`await client.query("begin");
return this.sign(context.key);`),
        },
        {
          name: "results that were awaited",
          code: withPool(`const { rows } = await client.query("select");
const user = await find(client, rows);
return load(user);`),
        },
        {
          name: "an argument that is awaited first",
          code: withPool("return load(await client.query('select'));"),
        },
        {
          name: "a list for each name of which it was used",
          code: withPool(`const names = context.names.slice();
for (const name of names) await client.query(name);
names.forEach((name) => { client.query(name); });
return load(names);`),
        },
        {
          name: "a connection that is given back to the pool by name",
          code: `async function load() { await fetch("/"); }
class Store { async load() { await fetch("/"); } async f(isIdle) {
  const connection = await this.pool.getConnection();
  if (isIdle) { this.pool.releaseConnection(connection); return; }
  try { await connection.ping(); return this.load(); }
  finally { this.pool.releaseConnection(connection); }
} }`,
        },
        {
          name: "a file",
          code: `import { open } from "node:fs/promises";
async function load(path) { await fetch(path); }
async function f(path) {
  const file = await open(path);
  try { await file.sync(); return load(path); } finally { await file.close(); }
}`,
        },
        {
          name: "work in the scoped form of a pool",
          code: withScope("await client.ping(); load(url);"),
        },
      ],
      invalid: [
        {
          name: "what is lent as an argument",
          code: withPool("return load(client);"),
        },
        {
          name: "a part of it",
          code: withPool(
            "const { connection } = client; return load(connection);",
          ),
        },
        {
          name: "what was constructed with it",
          code: withPool(
            "const users = new Users(client); return load(users);",
          ),
        },
        {
          name: "what a function makes of it",
          code: withPool("return load(usersOf({ client }));"),
        },
        {
          name: "work with it that nobody has awaited yet",
          code: withPool(
            "const rows = client.query('select'); return load(rows);",
          ),
        },
        {
          name: "a function that closes over it",
          code: withPool(`const save = async () => { await client.query("insert"); };
return save();`),
        },
        {
          name: "a function further down that calls one that closes over it",
          code: withPool(`return save();
async function save() { await insert(); }
function insert() { return client.query("insert"); }`),
        },
        {
          name: "a callback that closes over it",
          code: withPool("return load(() => client.query('select'));"),
        },
        {
          name: "what may be a lock, whatever the work is given",
          code: `async function save() { await fetch("/"); }
async function f() {
  const lock = await locks.acquire("a");
  try { return save(); } finally { lock.release(); }
}`,
        },
        {
          name: "work with it in the scoped form of a pool",
          code: withScope("load(client);"),
        },
        {
          name: "an object in the arguments that holds it",
          code: withScope("load({ by: [client] });"),
        },
        {
          name: "an object that was given it",
          code: withScope(
            "const users = new Users(); users.use(client); load(users);",
          ),
        },
        {
          name: "a field that was given it",
          code: withScope("this.client = client; this.sign();"),
        },
        {
          name: "a context that others have as well",
          code: withScope("context.client = client; load(url);"),
        },
        {
          name: "a variable of the module",
          code: withScope("current = client; load(url);"),
        },
      ].map((each) => ({ ...each, errors: early })),
    });
  });
});

import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-early-release";
const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function save() { await fetch("/"); }
async function f() {
${code}
}`;

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
});

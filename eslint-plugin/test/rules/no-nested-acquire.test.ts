import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-nested-acquire";
const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
const other = new Mutex();
async function f(items) {
${code}
}`;

const data = (endedBy: string) => ({ receiver: "sem", line: 4, endedBy });

describe("no-nested-acquire", () => {
  runOnJavaScript(rule, {
    valid: [
      withMutex(
        "  const a = await mutex.acquire(); a(); const b = await mutex.acquire(); b();",
      ),
      withMutex(
        "  const a = await mutex.acquire(); const b = await other.acquire(); b(); a();",
      ),
      withMutex(
        "  await mutex.runExclusive(work); await mutex.runExclusive(work);",
      ),
      withMutex("  await mutex.runExclusive(() => other.runExclusive(work));"),
      {
        name: "an acquire in a function that runs later",
        code: withMutex(`  await mutex.runExclusive(() => {
    queue.push(async () => { await mutex.runExclusive(work); });
  });`),
      },
      {
        name: "an acquire that nobody waits for while holding",
        code: withMutex(
          "  await mutex.runExclusive(() => { later(mutex.runExclusive(work)); });",
        ),
      },
      {
        name: "one per round of a loop",
        code: withMutex(
          "  for (const item of items) { const r = await mutex.acquire(); r(); }",
        ),
      },
    ],
    invalid: [
      {
        name: "an acquire while a permit of the same semaphore is held",
        code: withMutex(`  const outer = await mutex.acquire();
  try {
    const inner = await mutex.acquire();
    inner();
  } finally { outer(); }`),
        errors: [
          {
            messageId: "nested",
            data: { receiver: "mutex", line: 5 },
            line: 7,
          },
        ],
      },
      {
        name: "a scoped form inside itself",
        code: withMutex(
          "  await mutex.runExclusive(async () => { await mutex.runExclusive(work); });",
        ),
        errors: [{ messageId: "nested" }],
      },
      {
        name: "a scoped form while a permit is held",
        code: withMutex(`  const release = await mutex.acquire();
  try { return await mutex.runExclusive(work); } finally { release(); }`),
        errors: [{ messageId: "nested" }],
      },
      {
        name: "a field of the same object, by whatever name",
        code: `import { Mutex } from "async-mutex";
class A {
  mutex = new Mutex();
  async f() {
    const { mutex } = this;
    const lock = this.mutex;
    await this.mutex.runExclusive(async () => { await lock.runExclusive(work); });
  }
}`,
        errors: [{ messageId: "nested" }],
      },
    ],
  });
  runOnTypeScript(rule, {
    valid: [
      `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(8);
async function f() { { using a = await sem.acquire(); } using b = await sem.acquire(); }`,
    ],
    invalid: [
      {
        name: "an acquire under `using`",
        code: `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(8);
async function f() { using a = await sem.acquire(); using b = await sem.acquire(); }`,
        errors: [{ messageId: "nested" }],
      },
      {
        name: "an acquire that gives up some time, by what ends it",
        code: `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(8);
async function f(signal) {
  using a = await sem.acquire();
  await sem.withPermit(work, { signal });
  using b = await sem.acquire({ weight: 2, timeout: 500 });
}`,
        errors: [
          { messageId: "nestedForAWhile", data: data("signal") },
          { messageId: "nestedForAWhile", data: data("timeout") },
        ],
      },
      {
        name: "the scoped form of a semaphore of several threads in itself",
        code: `import { SharedSemaphore } from "semaphore-guard/threads";
const sem = new SharedSemaphore(8);
async function f() {
  await sem.withPermit(async () => { await sem.withPermit(work); });
}`,
        errors: [{ messageId: "nested" }],
      },
    ],
  });
});

import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "prefer-semaphore-guard";
const module = { sourceType: "module" } as const;
const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
${code}`;

describe("prefer-semaphore-guard", () => {
  runOnJavaScript(rule, {
    valid: Object.entries({
      "a semaphore of ours": `import { Mutex } from "semaphore-guard";
const mutex = new Mutex();
export const f = () => mutex.withPermit(() => fetch("/"));`,
      "a semaphore that others import": `import { Mutex } from "async-mutex";
export const mutex = new Mutex();
export const f = () => mutex.runExclusive(() => fetch("/"));`,
      "a semaphore that is passed on": withMutex(`use(mutex);
export const f = () => mutex.runExclusive(() => fetch("/"));`),
      "a releaser that is passed on": withMutex(
        "export async function f() { const release = await mutex.acquire(); fetch('/').finally(release); }",
      ),
      "a lock in two halves": `import { Sema } from "async-sema";
const sema = new Sema(1);
export const lock = async () => { await sema.acquire(); };
export const unlock = () => { sema.release(); };`,
      "a method that ours doesn't have": withMutex(`mutex.cancel();
export const f = () => mutex.runExclusive(() => fetch("/"));`),
      "a weight": `import { Semaphore } from "async-mutex";
const sem = new Semaphore(3);
export const f = () => sem.runExclusive(() => fetch("/"), 2);`,
      "a callback that takes what the library passes": `import { Semaphore } from "async-mutex";
const sem = new Semaphore(3);
export const f = () => sem.runExclusive((value) => fetch("/" + value));`,
      "a callback from elsewhere": withMutex(
        "export const f = (callback) => mutex.runExclusive(callback);",
      ),
      "a limit that ours may refuse": `import { Semaphore } from "async-mutex";
const sem = new Semaphore(Number(process.env.LIMIT));
export const f = () => sem.runExclusive(() => fetch("/"));`,
      "a timeout around it": `import { Mutex, withTimeout } from "async-mutex";
const mutex = withTimeout(new Mutex(), 100);
export const f = () => mutex.runExclusive(() => fetch("/"));`,
      "a file with our runtime in it": `import { mapLimit } from "semaphore-guard";
${withMutex('export const f = () => mutex.runExclusive(() => mapLimit([1], 1, () => fetch("/")));')}`,
      "a file that has the names": withMutex(
        "const permit = 1; export async function f() { const release = await mutex.acquire(); try { await fetch(permit); } finally { release(); } }",
      ),
      "a property that is written": `import { Semaphore } from "es-toolkit";
const sem = new Semaphore(3);
export async function f() { sem.capacity = 2; await sem.acquire(); try { await fetch("/"); } finally { sem.release(); } }`,
    }).map(([name, code]) => ({ name, code, languageOptions: module })),
    invalid: [
      {
        name: "every use of the file",
        code: `import { Mutex, Semaphore } from 'async-mutex'
const mutex = new Mutex()
const sem = new Semaphore(3)

export async function f() {
  const release = await mutex.acquire() // one at a time
  try {
    const [value, free] = await sem.acquire()
    try { return await fetch('/') } finally { free() }
  } finally {
    release()
  }
}
export const g = () => mutex.runExclusive(async () => { await fetch('/') })
`,
        languageOptions: module,
        errors: [
          {
            messageId: "canMigrate",
            data: { module: "async-mutex" },
            suggestions: [
              {
                messageId: "migrate",
                data: { module: "async-mutex" },
                output: `import { Mutex, Semaphore } from 'semaphore-guard'
const mutex = new Mutex()
const sem = new Semaphore(3)

export async function f() {
  const permit = await mutex.acquire() // one at a time
  try {
    const permit2 = await sem.acquire()
    try { return await fetch('/') } finally { permit2.release() }
  } finally {
    permit.release()
  }
}
export const g = () => mutex.withPermit(async () => { await fetch('/') })
`,
              },
            ],
          },
        ],
      },
      {
        name: "as eslint --fix does",
        code: `import { Sema } from "async-sema";
const sema = new Sema(2);
export async function f() {
  await sema.acquire();
  try { await fetch("/"); } finally { sema.release(); }
}`,
        languageOptions: module,
        options: [{ fix: true }],
        output: `import { Semaphore } from "semaphore-guard";
const sema = new Semaphore(2);
export async function f() {
  const permit = await sema.acquire();
  try { await fetch("/"); } finally { permit.release(); }
}`,
        errors: [{ messageId: "canMigrate", suggestions: 1 }],
      },
    ],
  });

  runOnTypeScript(rule, {
    valid: [
      `import { Mutex, type MutexInterface } from "async-mutex";
const mutex: MutexInterface = new Mutex();
export const f = () => mutex.runExclusive(() => fetch("/"));`,
    ],
    invalid: [
      {
        name: "types and private fields along with it",
        code: `import { Sema } from "async-sema";
export class Loader {
  readonly #sema: Sema = new Sema(4);

  async load(url: string): Promise<Response> {
    await this.#sema.acquire();
    try {
      return await fetch(url);
    } finally {
      this.#sema.release();
    }
  }
}`,
        errors: [
          {
            messageId: "canMigrate",
            suggestions: [
              {
                messageId: "migrate",
                output: `import { Semaphore } from "semaphore-guard";
export class Loader {
  readonly #sema: Semaphore = new Semaphore(4);

  async load(url: string): Promise<Response> {
    const permit = await this.#sema.acquire();
    try {
      return await fetch(url);
    } finally {
      permit.release();
    }
  }
}`,
              },
            ],
          },
        ],
      },
    ],
  });
});

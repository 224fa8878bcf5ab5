import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

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
        errors: [
          {
            messageId: "perCall",
            data: { name: "sem" },
            line: 3,
            suggestions: [
              {
                messageId: "makeModuleConstant",
                data: { name: "sem" },
                output: `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);

async function f(urls) {
  const permit = await sem.acquire();
  try { return await fetch(urls[0]); } finally { permit.release(); }
}`,
              },
            ],
          },
        ],
      },
      {
        name: "one whose scoped form is awaited on the spot, comments and all",
        code: `import { Semaphore } from "semaphore-guard";
const limit = 3;

/** Loads one of them. */
export async function f(urls) {
  // The server takes no more.
  const sem = new Semaphore(limit); // polite

  return await sem.withPermit(() => fetch(urls[0]));
}`,
        errors: [
          {
            messageId: "perCall",
            suggestions: [
              {
                messageId: "makeModuleConstant",
                output: `import { Semaphore } from "semaphore-guard";
const limit = 3;

// The server takes no more.
const sem = new Semaphore(limit); // polite

/** Loads one of them. */
export async function f(urls) {
  return await sem.withPermit(() => fetch(urls[0]));
}`,
              },
            ],
          },
        ],
      },
      {
        name: "a field, in a method of an object with fields",
        code: `import { Semaphore } from "semaphore-guard";
class Loader {
  base = "/";
  async load(url) {
    const sem = new Semaphore(3);
    return await sem.withPermit(() => fetch(this.base + url));
  }
}`,
        errors: [
          {
            messageId: "perCall",
            suggestions: [
              {
                messageId: "makeField",
                output: `import { Semaphore } from "semaphore-guard";
class Loader {
  #sem = new Semaphore(3);
  base = "/";
  async load(url) {
    return await this.#sem.withPermit(() => fetch(this.base + url));
  }
}`,
              },
              {
                messageId: "makeModuleConstant",
                output: `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);

class Loader {
  base = "/";
  async load(url) {
    return await sem.withPermit(() => fetch(this.base + url));
  }
}`,
              },
            ],
          },
        ],
      },
      {
        name: "behind the imports, where the function is called sooner",
        code: `import { Semaphore } from "semaphore-guard";
await f([]);
async function f(urls) {
  const sem = new Semaphore(3);
  await sem.withPermit(() => fetch(urls[0]));
}`,
        languageOptions: { sourceType: "module" },
        errors: [
          {
            messageId: "perCall",
            suggestions: [
              {
                messageId: "makeModuleConstant",
                output: `import { Semaphore } from "semaphore-guard";

const sem = new Semaphore(3);
await f([]);
async function f(urls) {
  await sem.withPermit(() => fetch(urls[0]));
}`,
              },
            ],
          },
        ],
      },
      ...Object.entries({
        "whose limit comes with the call":
          inside(`  const sem = new Semaphore(urls.length);
  await sem.withPermit(() => fetch(urls[0]));`),
        "whose limit is worked out by a call":
          inside(`  const sem = new Semaphore(limitOf());
  await sem.withPermit(() => fetch(urls[0]));`),
        "whose limit is known only later": `${inside(`  const sem = new Semaphore(limit);
  await sem.withPermit(() => fetch(urls[0]));`)}
const limit = 3;`,
        "whose limit may change": `let limit = 3;
${inside(`  const sem = new Semaphore(limit);
  await sem.withPermit(() => fetch(urls[0]));`)}
export function set(n) { limit = n; }`,
        "whose name is another's outside": `const sem = 1;
${inside(`  const sem = new Semaphore(3);
  await sem.withPermit(() => fetch(urls[0]));`)}`,
        "whose name is a global that the file reads": `${inside(`  const sem = new Semaphore(3);
  await sem.withPermit(() => fetch(urls[0]));`)}
console.log(sem);`,
        "whose permit is left behind": inside(`  const sem = new Semaphore(3);
  const permit = await sem.acquire();
  if (urls.length === 0) return;
  permit.release();`),
        "of a function that others make": `import { Semaphore } from "semaphore-guard";
export function loader() {
  return async function load(url) {
    const sem = new Semaphore(3);
    await sem.withPermit(() => fetch(url));
  };
}`,
      }).map(([name, code]) => ({
        name: `not moved: one ${name}`,
        code,
        errors: [{ messageId: "perCall" }],
      })),
    ],
  });

  runOnTypeScript(rule, {
    valid: [],
    invalid: [
      {
        name: "a private field as the class writes them",
        code: `import { Semaphore } from "semaphore-guard";
export class Loader {
  private readonly base = "/";

  async load(url: string): Promise<Response> {
    const sem: Semaphore = new Semaphore(3);
    return await sem.withPermit(() => fetch(this.base + url));
  }
}`,
        errors: [
          {
            messageId: "perCall",
            suggestions: [
              {
                messageId: "makeField",
                output: `import { Semaphore } from "semaphore-guard";
export class Loader {
  private readonly sem: Semaphore = new Semaphore(3);
  private readonly base = "/";

  async load(url: string): Promise<Response> {
    return await this.sem.withPermit(() => fetch(this.base + url));
  }
}`,
              },
              {
                messageId: "makeModuleConstant",
                output: `import { Semaphore } from "semaphore-guard";
const sem: Semaphore = new Semaphore(3);

export class Loader {
  private readonly base = "/";

  async load(url: string): Promise<Response> {
    return await sem.withPermit(() => fetch(this.base + url));
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

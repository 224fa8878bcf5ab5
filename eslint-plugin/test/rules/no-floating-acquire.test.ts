import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-floating-acquire";
const head = `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
`;
const inside = (code: string) => `${head}async function f() { ${code} }`;

const withSema = (acquire: string) => `import { Sema } from "async-sema";
const sema = new Sema(3);
async function f() { ${acquire} try { await work(); } finally { sema.release(); } }`;

describe("no-floating-acquire", () => {
  runOnJavaScript(rule, {
    valid: [
      inside("const permit = await sem.acquire();"),
      inside("return sem.acquire();"),
      inside("const pending = sem.acquire(); const permit = await pending;"),
      inside("permits.push(sem.acquire());"),
      inside(
        "sem.acquire().then((permit) => work().finally(() => permit.release()));",
      ),
      inside("await Promise.all([sem.acquire(), other.acquire()]);"),
      inside("sem.tryAcquire();"),
      "async function f(camera) { camera.acquire(); }",
      {
        name: "the callback form, which hands the permit to a function",
        code: `import pg from "pg";
const pool = new pg.Pool();
function onConnect(error, client, release) { release(); }
pool.connect(onConnect);`,
      },
      {
        name: "a lock taken in a constructor, for a method to give back",
        code: `import { Mutex } from "async-mutex";
class A { #mutex = new Mutex(); constructor() { this.#mutex.acquire(); } open() { this.#mutex.release(); } }`,
      },
    ],
    invalid: [
      {
        name: "a promise that is dropped",
        code: inside("sem.acquire(); await work();"),
        errors: [
          {
            message:
              "Nobody waits for the permit from `sem.acquire()`: the code goes on without it. Await it.",
            suggestions: [
              {
                messageId: "useScopedForm",
                data: { scoped: "sem.withPermit" },
                output: inside("await sem.withPermit(() => work());"),
              },
              {
                messageId: "useUsing",
                output: inside(
                  "using _permit = await sem.acquire(); await work();",
                ),
              },
            ],
          },
        ],
      },
      {
        name: "a promise that is dropped on purpose",
        code: inside("void sem.acquire();"),
        errors: [{ messageId: "floating" }],
      },
      {
        name: "a promise in a variable that nobody reads",
        code: inside("const permit = sem.acquire(); await work();"),
        errors: [
          {
            messageId: "floating",
            suggestions: [
              {
                messageId: "useScopedForm",
                data: { scoped: "sem.withPermit" },
                output: inside("await sem.withPermit(() => work());"),
              },
              {
                messageId: "useUsing",
                output: inside(
                  "using _permit = await sem.acquire(); await work();",
                ),
              },
              {
                messageId: "useFinally",
                output: inside(`const permit = await sem.acquire();
  try {
    await work();
  } finally {
    permit.release();
  }`),
              },
            ],
          },
        ],
      },
      {
        name: "a promise for which a release is waiting",
        code: withSema("sema.acquire();"),
        errors: [
          {
            messageId: "floating",
            suggestions: [
              {
                messageId: "addAwait",
                output: withSema("await sema.acquire();"),
              },
            ],
          },
        ],
      },
      {
        name: "where nothing can wait, without a suggestion",
        code: `${head}function f() { sem.acquire(); }`,
        errors: [{ messageId: "floating" }],
      },
    ],
  });
  runOnTypeScript(rule, {
    valid: [inside("using permit = await sem.acquire();")],
    invalid: [
      {
        name: "a promise that `using` takes for the permit",
        code: inside("using permit = sem.acquire(); await work();"),
        errors: [
          {
            messageId: "floating",
            suggestions: [
              {
                messageId: "addAwait",
                output: inside(
                  "using permit = await sem.acquire(); await work();",
                ),
              },
            ],
          },
        ],
      },
    ],
  });
});

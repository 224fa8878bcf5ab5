import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "prefer-using";
const withOurs = (code: string) => `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
async function f() {
${code}
}`;
const withMutex = (code: string) => `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function f() {
${code}
}`;
const always = { "semaphore-guard": { using: "always" } };
const never = { "semaphore-guard": { using: "never" } };

describe("prefer-using", () => {
  runOnTypeScript(rule, {
    valid: [
      withOurs("  using permit = await sem.acquire(); await work();"),
      withOurs(
        "  const permit = await sem.acquire(); try { await work(); } finally { permit.release(); log(); }",
      ),
      withOurs(
        "  const permit = await sem.acquire(); try { await work(); } catch { retry(); } finally { permit.release(); }",
      ),
      withOurs(
        "  const permit = await sem.acquire(); await work(); permit.release();",
      ),
      {
        name: "a permit without a scoped form, where using isn't taken",
        code: `import { open } from "node:fs/promises";
export async function f() {
  const file = await open("a");
  try {
    await file.read();
  } finally {
    await file.close();
  }
}`,
        settings: never,
      },
    ],
    invalid: [
      {
        name: "a try that ends its block, whose permit is read",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    const x = await work(permit.weight);
    return x;
  } finally {
    permit.release();
  }`),
        settings: always,
        errors: [
          {
            messageId: "preferUsing",
            data: { using: "using" },
            suggestions: [
              {
                messageId: "useUsing",
                data: { using: "using" },
                output: withOurs(`  using permit = await sem.acquire();
  const x = await work(permit.weight);
  return x;`),
              },
              {
                messageId: "useScopedForm",
                data: { scoped: "sem.withPermit" },
                output: withOurs(`  return sem.withPermit(async (permit) => {
    const x = await work(permit.weight);
    return x;
  });`),
              },
            ],
          },
        ],
      },
      {
        name: "the scoped form first where nothing reads the permit",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    await work();
  } finally {
    permit.release();
  }`),
        settings: always,
        errors: [
          {
            messageId: "preferScopedForm",
            data: { scoped: "sem.withPermit" },
            suggestions: [
              {
                messageId: "useScopedForm",
                output: withOurs("  await sem.withPermit(() => work());"),
              },
              {
                messageId: "useUsing",
                data: { using: "using" },
                output: withOurs(`  using _permit = await sem.acquire();
  await work();`),
              },
            ],
          },
        ],
      },
      {
        name: "the scoped form alone where using isn't taken",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    await work(permit.weight);
  } finally {
    permit.release();
  }`),
        settings: never,
        errors: [
          {
            messageId: "preferScopedForm",
            suggestions: [
              {
                messageId: "useScopedForm",
                output: withOurs(
                  "  await sem.withPermit((permit) => work(permit.weight));",
                ),
              },
            ],
          },
        ],
      },
      {
        name: "the scoped form where using would hold the permit for longer",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    // first
    await work();
    await more();
  } finally {
    permit.release();
  }
  await other();`),
        settings: always,
        errors: [
          {
            messageId: "preferScopedForm",
            suggestions: [
              {
                messageId: "useScopedForm",
                output: withOurs(`  await sem.withPermit(async () => {
    // first
    await work();
    await more();
  });
  await other();`),
              },
            ],
          },
        ],
      },
      {
        name: "no scoped form for an acquire that doesn't wait",
        code: withOurs(`  const permit = sem.acquireNow();
  try {
    await work(permit.weight);
  } finally {
    permit.release();
  }`),
        settings: always,
        errors: [
          {
            messageId: "preferUsing",
            suggestions: [
              {
                messageId: "useUsing",
                output: withOurs(`  using permit = sem.acquireNow();
  await work(permit.weight);`),
              },
            ],
          },
        ],
      },
      {
        name: "as eslint --fix does",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    await work(permit.weight);
  } finally {
    permit.release();
  }`),
        settings: always,
        options: [{ fix: "scoped" }],
        output: withOurs(
          "  await sem.withPermit((permit) => work(permit.weight));",
        ),
        errors: [
          {
            messageId: "preferUsing",
            suggestions: [
              {
                messageId: "useUsing",
                output: withOurs(`  using permit = await sem.acquire();
  await work(permit.weight);`),
              },
              {
                messageId: "useScopedForm",
                output: withOurs(
                  "  await sem.withPermit((permit) => work(permit.weight));",
                ),
              },
            ],
          },
        ],
      },
    ],
  });
  runOnJavaScript(rule, {
    valid: [
      `import { Sema } from "async-sema";
const sema = new Sema(1);
async function f() { await sema.acquire(); try { await work(); } finally { sema.release(); } }`,
    ],
    invalid: [
      {
        name: "the scoped form of a library whose permits are not disposable",
        code: withMutex(`  const release = await mutex.acquire();
  try {
    return await work();
  } finally {
    release();
  }`),
        errors: [
          {
            messageId: "preferScopedForm",
            data: { scoped: "mutex.runExclusive" },
            suggestions: [
              {
                messageId: "useScopedForm",
                output: withMutex("  return mutex.runExclusive(() => work());"),
              },
            ],
          },
        ],
      },
      {
        name: "not rewritten where a jump leaves the try",
        code: withMutex(`  for (;;) {
    const release = await mutex.acquire();
    try {
      if (await work()) break;
    } finally {
      release();
    }
  }`),
        errors: [{ messageId: "preferScopedForm" }],
      },
      {
        name: "not rewritten where finally has a comment",
        code: withMutex(`  const release = await mutex.acquire();
  try {
    await work();
  } finally {
    release(); // whatever happened
  }`),
        errors: [{ messageId: "preferScopedForm" }],
      },
    ],
  });
});

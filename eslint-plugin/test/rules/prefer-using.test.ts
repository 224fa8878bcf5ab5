import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "prefer-using";
const withOurs = (code: string) => `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
async function f() {
${code}
}`;

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
    ],
    invalid: [
      {
        name: "a try that ends its block",
        code: withOurs(`  const permit = await sem.acquire();
  try {
    const x = await work();
    return x;
  } finally {
    permit.release();
  }`),
        errors: [
          {
            messageId: "preferUsing",
            data: { using: "using" },
            suggestions: [
              {
                messageId: "useUsing",
                data: { using: "using" },
                output: withOurs(`  using _permit = await sem.acquire();
  const x = await work();
  return x;`),
              },
            ],
          },
        ],
      },
      {
        name: "not rewritten where the permit would be held for longer",
        code: withOurs(`  const permit = await sem.acquire();
  try { await work(); } finally { permit.release(); }
  await other();`),
        errors: [{ messageId: "preferUsing" }],
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
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function f() { const release = await mutex.acquire(); try { await work(); } finally { release(); } }`,
        errors: [
          {
            messageId: "preferScopedForm",
            data: { scoped: "mutex.runExclusive" },
          },
        ],
      },
    ],
  });
});

import { runOnJavaScript } from "../support/rule-testers.js";

const rule = "no-double-release";
const withSema = (code: string) => `import { Sema } from "async-sema";
const sema = new Sema(3);
async function f(x) {
${code}
}`;

describe("no-double-release", () => {
  runOnJavaScript(rule, {
    valid: [
      withSema(
        "  await sema.acquire(); try { await work(); } finally { sema.release(); }",
      ),
      withSema(
        "  await sema.acquire(); if (x) { sema.release(); return; } sema.release();",
      ),
      withSema(
        "  await sema.acquire(); sema.release(); await sema.acquire(); sema.release();",
      ),
      withSema(
        "  for (const y of x) { await sema.acquire(); sema.release(); }",
      ),
      {
        name: "releases of as many permits as were acquired in a loop",
        code: withSema(`  for (const y of x) await sema.acquire();
  for (const y of x) sema.release();`),
      },
      {
        name: "a library whose second release does nothing",
        code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function f() { const release = await mutex.acquire(); release(); release(); }`,
      },
      {
        name: "a condition that rules the second one out",
        code: withSema(`  await sema.acquire();
  if (x) sema.release();
  if (!x) sema.release();`),
      },
    ],
    invalid: [
      {
        name: "in finally, after a release before an early return",
        code: withSema(`  await sema.acquire();
  try {
    if (x) {
      sema.release();
      return;
    }
    await work();
  } finally {
    sema.release();
  }`),
        errors: [
          {
            message:
              "`sema.release()` comes after line 7 has released the permit already: one more than the limit gets in. Release once.",
            line: 12,
            suggestions: [
              {
                messageId: "removeEarly",
                output: withSema(`  await sema.acquire();
  try {
    if (x) {
      return;
    }
    await work();
  } finally {
    sema.release();
  }`),
              },
            ],
          },
        ],
      },
      {
        name: "one after the other, of which the second goes",
        code: withSema(`  await sema.acquire();
  await work();
  sema.release();
  sema.release();`),
        errors: [
          {
            messageId: "releasedTwice",
            line: 7,
            suggestions: [
              {
                messageId: "removeRelease",
                output: withSema(`  await sema.acquire();
  await work();
  sema.release();`).replace("\n}", "\n}"),
              },
            ],
          },
        ],
      },
      {
        name: "in catch and after it",
        code: withSema(`  await sema.acquire();
  try { await work(); } catch { sema.release(); }
  sema.release();`),
        errors: [
          {
            messageId: "releasedTwice",
            line: 6,
            suggestions: [
              {
                messageId: "removeEarly",
                output: withSema(`  await sema.acquire();
  try { await work(); } catch { }
  sema.release();`),
              },
            ],
          },
        ],
      },
      {
        name: "in finally, of which neither can go for what is done in between",
        code: withSema(`  await sema.acquire();
  try {
    sema.release();
    await work();
  } finally {
    if (x) sema.release();
  }`),
        errors: [{ messageId: "releasedTwice", line: 9 }],
      },
      {
        name: "by every round of a loop but the first",
        code: withSema(`  await sema.acquire();
  while (await more()) sema.release();`),
        errors: [{ messageId: "releasedTwice" }],
      },
    ],
  });
});

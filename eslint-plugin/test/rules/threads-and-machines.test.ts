import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const inWorker = (
  code: string,
) => `import { workerData } from "node:worker_threads";
import { SharedSemaphore } from "semaphore-guard/threads";
const sem = SharedSemaphore.from(workerData);
async function f() {
${code}
}`;

const withRedis = (code: string) => `import { Redis } from "ioredis";
import { RedisSemaphore } from "semaphore-guard/redis";
const sem = new RedisSemaphore(new Redis(), "imports", 3);
async function f() {
${code}
}`;

const withAdaptive = (
  code: string,
) => `import { Semaphore } from "semaphore-guard";
import { AdaptiveLimit } from "semaphore-guard/adaptive-limit";
const adaptive = new AdaptiveLimit(new Semaphore(20));
async function save() { await fetch("/"); }
async function f() {
${code}
}`;

describe("The rules on a SharedSemaphore", () => {
  runOnTypeScript("require-release", {
    valid: [
      inWorker("  using permit = await sem.acquire(); await work();"),
      inWorker("  await sem.withPermit(work);"),
      inWorker(
        "  const permit = sem.tryAcquire(); if (!permit) return; try { await work(); } finally { permit.release(); }",
      ),
      {
        name: "the workers that are started under it",
        code: `import { Worker } from "node:worker_threads";
import { SharedSemaphore } from "semaphore-guard/threads";
export function start(url: URL) {
  const sem = new SharedSemaphore(4);
  return sem.share((handle) => new Worker(url, { workerData: handle }));
}`,
      },
    ],
    invalid: [
      {
        name: "a permit that is lost when the work throws",
        code: inWorker(`  const permit = await sem.acquire();
  await work();
  permit.release();`),
        errors: [
          {
            messageId: "leaksOnThrow",
            suggestions: [
              {
                messageId: "useScopedForm",
                output: inWorker("  await sem.withPermit(() => work());"),
              },
              {
                messageId: "useUsing",
                output: inWorker(`  using _permit = await sem.acquire();
  await work();`),
              },
              {
                messageId: "useFinally",
                output: inWorker(`  const permit = await sem.acquire();
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
    ],
  });

  runOnJavaScript("no-per-call-semaphore", {
    valid: [
      {
        name: "one that workers share by its handle",
        code: `import { SharedSemaphore } from "semaphore-guard/threads";
export async function handle(message) {
  const sem = SharedSemaphore.from(message);
  const permit = await sem.acquire();
  try { await work(); } finally { permit.release(); }
}`,
      },
    ],
    invalid: [],
  });
});

describe("The rules on a RedisSemaphore", () => {
  runOnTypeScript("require-release", {
    valid: [
      withRedis("  await using permit = await sem.acquire(); await work();"),
      withRedis(
        "  const permit = await sem.acquire(); try { await work(); } finally { await permit.release(); }",
      ),
      withRedis("  await sem.withPermit(({ signal }) => work({ signal }));"),
    ],
    invalid: [
      {
        name: "a lease that lasts until it expires when the work throws",
        code: withRedis(`  const permit = await sem.acquire();
  await work(permit.signal);
  await permit.release();`),
        settings: { "semaphore-guard": { using: "always" } },
        errors: [
          {
            messageId: "leaksOnThrow",
            suggestions: [
              {
                messageId: "useUsing",
                output: withRedis(`  await using permit = await sem.acquire();
  await work(permit.signal);`),
              },
              {
                messageId: "useScopedForm",
                output: withRedis(
                  "  await sem.withPermit((permit) => work(permit.signal));",
                ),
              },
              {
                messageId: "useFinally",
                output: withRedis(`  const permit = await sem.acquire();
  try {
    await work(permit.signal);
  } finally {
    await permit.release();
  }`),
              },
            ],
          },
        ],
      },
    ],
  });

  runOnTypeScript("prefer-using", {
    valid: [],
    invalid: [
      {
        code: withRedis(`  const permit = await sem.acquire();
  try {
    await work(permit.signal);
  } finally {
    await permit.release();
  }`),
        settings: { "semaphore-guard": { using: "always" } },
        errors: [
          {
            messageId: "preferUsing",
            data: { using: "await using" },
            suggestions: [
              {
                messageId: "useUsing",
                data: { using: "await using" },
                output: withRedis(`  await using permit = await sem.acquire();
  await work(permit.signal);`),
              },
              {
                messageId: "useScopedForm",
                output: withRedis(
                  "  await sem.withPermit((permit) => work(permit.signal));",
                ),
              },
            ],
          },
        ],
      },
    ],
  });

  runOnJavaScript("no-per-call-semaphore", {
    valid: [
      {
        name: "one that is shared by its name",
        code: `import { RedisSemaphore } from "semaphore-guard/redis";
export async function handle(redis) {
  const sem = new RedisSemaphore(redis, "imports", 3);
  await sem.withPermit(work);
}`,
      },
    ],
    invalid: [],
  });
});

describe("The rules on an AdaptiveLimit", () => {
  runOnJavaScript("no-early-release", {
    valid: [
      withAdaptive("  await adaptive.withPermit(() => save());"),
      withAdaptive(
        "  await adaptive.withPermit(async () => { await save(); });",
      ),
    ],
    invalid: [
      {
        code: withAdaptive("  await adaptive.withPermit(() => { save(); });"),
        errors: 1,
      },
    ],
  });

  runOnJavaScript("no-blocking-in-permit", {
    valid: [],
    invalid: [
      {
        code: `import { readFileSync } from "node:fs";
${withAdaptive("  await adaptive.withPermit(() => readFileSync(file));")}`,
        errors: 1,
      },
    ],
  });
});

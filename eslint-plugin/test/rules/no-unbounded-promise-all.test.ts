import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-unbounded-promise-all";

const rewrittenAs = (output: string) => [
  { messageId: "useMapLimit", data: { limit: 10 }, output },
];

describe("no-unbounded-promise-all", () => {
  describe("is silent where the number of items is bounded", () => {
    runOnJavaScript(rule, {
      valid: [
        "Promise.all(['a', 'b'].map((url) => fetch(url)));",
        "const urls = ['a', 'b']; Promise.all(urls.map((url) => fetch(url)));",
        "const f = (urls) => Promise.all(urls.slice(0, 10).map((url) => fetch(url)));",
        "const f = (urls) => Promise.all(urls.slice(-3).map((url) => fetch(url)));",
        "const f = (urls) => Promise.all(urls.splice(0, 10).map((url) => fetch(url)));",
        "const regions = { eu: 1, us: 2 }; Promise.all(Object.keys(regions).map((r) => fetch(r)));",
        "Promise.all(Array.from({ length: 3 }).map((_, i) => fetch(i)));",
        "const f = async (urls) => { for (const batch of batches(urls)) await Promise.all(batch.map((url) => fetch(url))); };",
        "const f = (urls) => Promise.all(chunk(urls, 10).map((part) => fetch(part)));",
        `function f(urls) {
  if (urls.length > 20) throw new RangeError("too many");
  return Promise.all(urls.map((url) => fetch(url)));
}`,
      ],
      invalid: [],
    });
    runOnTypeScript(rule, {
      valid: [
        "const f = (pair: [string, string]) => Promise.all(pair.map((url) => fetch(url)));",
        "const f = (pair: readonly [string, string]) => Promise.all(pair.map((url) => fetch(url)));",
        "enum Region { EU, US } Promise.all(Object.values(Region).map((r) => fetch(r)));",
      ],
      invalid: [],
    });
  });

  describe("is silent where a limiter bounds the work", () => {
    runOnJavaScript(rule, {
      valid: [
        "const f = (urls) => { const limit = pLimit(3); return Promise.all(urls.map((url) => limit(() => fetch(url)))); };",
        "const f = (urls) => Promise.all(urls.map((url) => queue.add(() => fetch(url))));",
        "const f = (urls) => Promise.all(urls.map((url) => sem.withPermit(() => fetch(url))));",
        "const f = (urls) => Promise.all(urls.map(async (url) => { await sem.acquire(); try { await fetch(url); } finally { sem.release(); } }));",
        "const get = (url) => limit(() => fetch(url)); const f = (urls) => Promise.all(urls.map((url) => get(url)));",
        "const get = throttle(fetch); const f = (urls) => Promise.all(urls.map(get));",
      ],
      invalid: [],
    });
  });

  describe("is silent without evidence of I/O, or of a size from outside", () => {
    runOnJavaScript(rule, {
      valid: [
        "const f = (items) => Promise.all(items.map((item) => item.promise));",
        "const f = (items) => Promise.all(items.map(async (item) => item * 2));",
        "const f = (items) => Promise.all(items);",
        "const f = (items) => items.map((item) => fetch(item));",
        "class A { f() { return Promise.all(this.plugins.map((plugin) => plugin.load())); } }",
        "import { regions } from './regions.js'; Promise.all(regions.map((r) => fetch(r)));",
        "const f = (urls) => Promise.all(urls.map((url) => { fetch(url); return 1; }));",
      ],
      invalid: [],
    });
  });

  describe("reports", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        {
          name: "a parameter of unknown length, and says why",
          code: `export async function crawl(urls) {
  return await Promise.all(urls.map((url) => fetch(url)));
}`,
          errors: [
            {
              message:
                "`Promise.all` starts `fetch(url)` for every item at once, and nothing bounds their number: `urls` is a parameter. Use `mapLimit` to bound it.",
              suggestions:
                rewrittenAs(`import { mapLimit } from "semaphore-guard";

export async function crawl(urls) {
  return await mapLimit(urls, 10, (url) => fetch(url));
}`),
            },
          ],
        },
        {
          name: "the result of a query",
          code: `export async function f() {
  const rows = await db.query("select");
  await Promise.all(rows.map(async (row) => { await save(row); }));
}`,
          errors: [
            {
              messageId: "unbounded",
              data: {
                combinator: "all",
                work: "save(row)",
                why: "`db.query()` returns as many as there are",
              },
              suggestions:
                rewrittenAs(`import { mapLimit } from "semaphore-guard";

export async function f() {
  const rows = await db.query("select");
  await mapLimit(rows, 10, async (row) => { await save(row); });
}`),
            },
          ],
        },
        {
          name: "work that a function of the same file does",
          code: `const f = (urls) => Promise.all(urls.filter(Boolean).map(get));
async function get(url) { const response = await fetch(url); return response.json(); }`,
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "a long list that is written down",
          code: `Promise.all([1, 2, 3, 4].map((id) => fetch(id)));`,
          options: [{ maxKnownLength: 3 }],
          errors: [
            {
              messageId: "tooMany",
              data: { combinator: "all", work: "fetch(id)", length: 4 },
              suggestions: 1,
            },
          ],
        },
        {
          name: "allSettled, whose results mapLimit doesn't give",
          code: "const f = (urls) => Promise.allSettled(urls.map((url) => fetch(url)));",
          errors: [{ messageId: "unbounded" }],
        },
        {
          name: "a callback that takes the whole array, which mapLimit doesn't pass",
          code: "const f = (urls) => Promise.all(urls.map((url, i, all) => fetch(url, all.length)));",
          errors: [{ messageId: "unbounded" }],
        },
      ],
    });
  });

  describe("rewrites into mapLimit", () => {
    const call = "const f = (urls) => Promise.all(urls.map((u) => fetch(u)));";
    const fixed = "const f = (urls) => mapLimit(urls, 10, (u) => fetch(u));";
    const rewrites = (before: string, after: string, name: string) => ({
      name,
      code: before,
      errors: [{ messageId: "unbounded", suggestions: rewrittenAs(after) }],
    });
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        rewrites(
          `import { Semaphore } from 'semaphore-guard'\n${call}`,
          `import { Semaphore, mapLimit } from 'semaphore-guard'\n${fixed}`,
          "merging with a named import",
        ),
        rewrites(
          `import guard from "semaphore-guard";\n${call}`,
          `import guard, { mapLimit } from "semaphore-guard";\n${fixed}`,
          "merging with a default import",
        ),
        rewrites(
          `import * as guard from "semaphore-guard";\n${call}`,
          `import * as guard from "semaphore-guard";\n${fixed.replace("mapLimit", "guard.mapLimit")}`,
          "by the namespace that is imported",
        ),
        rewrites(
          `import { mapLimit as map } from "semaphore-guard";\n${call}`,
          `import { mapLimit as map } from "semaphore-guard";\n${fixed.replace("mapLimit", "map")}`,
          "by the local name of what is imported",
        ),
        rewrites(
          `import fs from 'node:fs'\n${call}`,
          `import fs from 'node:fs'\nimport { mapLimit } from 'semaphore-guard'\n${fixed}`,
          "behind the other imports, in their quotes",
        ),
        rewrites(
          `"use strict";\nconst fs = require("node:fs");\n${call}`,
          `"use strict";\nconst fs = require("node:fs");\nconst { mapLimit } = require("semaphore-guard");\n${fixed}`,
          "with require where the file requires",
        ),
        rewrites(
          `const { Semaphore } = require("semaphore-guard");\n${call}`,
          `const { Semaphore, mapLimit } = require("semaphore-guard");\n${fixed}`,
          "merging with what is required",
        ),
        rewrites(
          `#!/usr/bin/env node\n${call}\nexport default f;`,
          `#!/usr/bin/env node\nimport { mapLimit } from "semaphore-guard";\n\n${fixed}\nexport default f;`,
          "behind a shebang",
        ),
        rewrites(
          `"use client";\n${call}\nexport default f;`,
          `"use client";\nimport { mapLimit } from "semaphore-guard";\n${fixed}\nexport default f;`,
          "behind a directive",
        ),
        rewrites(
          `const f = async (urls) => {
  await Promise.all(
    (urls ?? []).map(async (url) => {
      await fetch(url, \`
      x\`);
    }),
  );
};
export default f;`,
          `import { mapLimit } from "semaphore-guard";

const f = async (urls) => {
  await mapLimit(urls ?? [], 10, async (url) => {
    await fetch(url, \`
      x\`);
  });
};
export default f;`,
          "taking back the indentation of a call over several lines",
        ),
        {
          name: "but not where the name means something else",
          code: "const f = (urls, mapLimit) => Promise.all(urls.map((u) => fetch(u)));",
          errors: [{ messageId: "unbounded" }],
        },
        {
          name: "but not where a comment would be lost",
          code: "const f = (urls) => Promise.all(/* all of them */ urls.map((u) => fetch(u)));",
          errors: [{ messageId: "unbounded" }],
        },
      ],
    });
    runOnTypeScript(rule, {
      valid: [],
      invalid: [
        rewrites(
          `import type { Permit } from "semaphore-guard";\n${call}`,
          `import type { Permit } from "semaphore-guard";\nimport { mapLimit } from "semaphore-guard";\n${fixed}`,
          "beside a type-only import",
        ),
      ],
    });
  });
});

import assert from "node:assert/strict";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { OpenFile } from "./open-file.js";
import { compile, runNode } from "./run-node.js";

interface Fix {
  readonly file: string;
  readonly rule: string;
  /** Part of the title in the menu. */
  readonly title: string;
  /** What the fixed text holds and the text before doesn't. */
  readonly brings: readonly string[];
  readonly check: string;
}

const fixes: readonly Fix[] = [
  release(
    "semaphore-guard.ts",
    "using",
    "using _permit = await pool.acquire()",
  ),
  release("semaphore-guard.ts", "withPermit", "pool.withPermit("),
  release(
    "plain-javascript.js",
    "using",
    "using _permit = await pool.acquire()",
  ),
  release("plain-javascript.js", "withPermit", "pool.withPermit("),
  release("async-mutex.js", "runExclusive", "mutex.runExclusive("),
  release("async-sema.ts", "finally", "finally {"),
  {
    file: "promise-all.ts",
    rule: "semaphore-guard/no-unbounded-promise-all",
    title: "mapLimit",
    brings: [
      'import { mapLimit } from "semaphore-guard";',
      "mapLimit(urls, 10,",
    ],
    check: "limit-check.js",
  },
];

describe("quick fixes", () => {
  for (const { file: name, rule, title, brings, check } of fixes) {
    it(`${title} mends ${name} in one step`, async () => {
      const file = await OpenFile.show(name);
      const before = file.text;
      try {
        await compile(file.folder);
        await assert.rejects(runCheck(check, file), "not yet mended");

        const diagnostic = await file.diagnosticOf(rule);
        const offered = await file.quickFixes(diagnostic);
        const fix = offered.find((one) => one.title.includes(title));
        assert.ok(fix, offered.map((one) => one.title).join(" | "));
        await file.apply(fix);
        for (const text of brings) {
          assert.ok(!before.includes(text));
          assert.ok(file.text.includes(text), file.text);
        }
        await file.diagnostics((all) => all.length === 0);

        await file.save();
        await compile(file.folder);
        await runCheck(check, file);

        await file.undo();
        assert.equal(file.text, before);
        await file.diagnosticOf(rule);
      } finally {
        await file.replace(before);
        await file.save();
        await file.close();
      }
    });
  }
});

function release(file: string, title: string, brings: string): Fix {
  return {
    file,
    rule: "semaphore-guard/require-release",
    title,
    brings: [brings],
    check: "leak-check.js",
  };
}

async function runCheck(check: string, file: OpenFile): Promise<void> {
  const script = fileURLToPath(new URL(`../checks/${check}`, import.meta.url));
  const compiled = path.join(
    file.folder,
    "out",
    path.basename(file.path).replace(/\.ts$/, ".js"),
  );
  await runNode(script, [compiled]);
}

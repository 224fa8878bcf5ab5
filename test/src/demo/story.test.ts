import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { linkInstalledPackages } from "../installed-packages.js";
import { repositoryFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";

const main = fileURLToPath(new URL("main.js", import.meta.url));

function runDemo(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return x(process.execPath, [main, ...args], {
    nodeOptions: { cwd: repositoryFolder, env },
  });
}

/** A project as the demo expects it, with `load` as its only job. */
async function project(load: string): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.create({
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "ES2022",
        lib: ["ES2023", "ESNext.Disposable"],
        module: "NodeNext",
        types: ["node"],
        allowJs: true,
        skipLibCheck: true,
        rootDir: "src",
        outDir: "dist",
      },
      include: ["src"],
    }),
    "eslint.config.js": `
      import semaphoreGuard from "eslint-plugin-semaphore-guard";
      export default [semaphoreGuard.configs.recommended];
    `,
    "src/load.js": load,
    "src/status.js": `
      export const jobs = { total: 1, done: 0, failed: 0 };
      export const limiters = [];
    `,
    "src/main.js": `
      import { load } from "./load.js";
      import { jobs } from "./status.js";
      await load(["https://shop.example"]).catch(() => { jobs.failed += 1; });
    `,
  });
  await linkInstalledPackages(folder.path);
  return folder;
}

describe("the demo", () => {
  it("tells on the sample what the README says, and leaves nothing behind", async () => {
    await using folder = await TemporaryFolder.create();
    const { stdout, stderr, exitCode } = await runDemo([], {
      TMPDIR: folder.path,
      TMP: folder.path,
    });
    assert.equal(stderr, "");
    assert.equal(exitCode, 0);

    const [title, lint, fix, diff, run, ...more] = stdout.split("\n── ");
    assert.deepEqual(more, []);
    assert.match(title ?? "", /^Semaphore Guard on test\/sample$/m);

    assert.match(lint ?? "", /^\$ npx eslint \.$/m);
    assert.match(lint ?? "", /✖ 5 problems/);
    assert.match(lint ?? "", /^exit code 1$/m);

    for (const place of [
      "src/catalogue.js:9",
      "src/catalogue.js:18",
      "src/crawl.js:12",
      "src/orders.ts:13",
      "src/stock.ts:8",
    ]) {
      assert.ok(fix?.includes(`  ${place} `), place);
    }
    assert.match(fix ?? "", /^exit code 0$/m);

    for (const line of [
      /^-.*await connections\.acquire\(\)/m,
      /^\+.*connections\.runExclusive\(/m,
      /^\+.*priceList\.runExclusive\(/m,
      /^\+.*finally/m,
      /^\+.*counters\.withPermit\(/m,
      /^\+import \{ mapLimit \} from "semaphore-guard";/m,
      /^\+.*mapLimit\(urls, 10, /m,
    ]) {
      assert.match(diff ?? "", line);
    }

    // Of six jobs for each loader, those get through that get a permit.
    const waiting = 6 - 2 + (6 - 1) + (6 - 2) + (6 - 2);
    for (const line of [
      `before  hangs: ${waiting} of 37 jobs wait for a permit`,
      "7 permits leaked: products 2 of 2, prices 1 of 1, orders 2 of 2, stock 2 of 2",
      "after   finishes: 37 jobs over, 6 done, 31 failed",
      "0 permits leaked",
    ]) {
      assert.ok(run?.includes(line), line);
    }

    assert.deepEqual(await readdir(folder.path), []);
  });

  it("fails with a word when there is nothing to find", async () => {
    await using folder = await project(
      "export const load = async () => fetch('https://shop.example');",
    );
    const { stderr, exitCode } = await runDemo([folder.path]);
    assert.equal(
      stderr,
      "\nThis isn't how the story goes. ESLint should find something, exit code 1.\n",
    );
    assert.equal(exitCode, 1);
  });

  it("fails with a word when the old project doesn't hang", async () => {
    await using folder = await project(
      "import { readdir } from 'node:fs/promises'; export const load = async (folder) => Promise.all((await readdir(folder)).map((name) => fetch(name)));",
    );
    const { stderr, exitCode } = await runDemo([folder.path]);
    assert.equal(
      stderr,
      "\nThis isn't how the story goes. The project as it was should hang with its permits leaked.\n",
    );
    assert.equal(exitCode, 1);
  });
});

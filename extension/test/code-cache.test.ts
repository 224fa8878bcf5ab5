import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript, twoLeaks } from "./leaks.js";

/** Runs a file in a process of its own, since V8 compiles nothing twice in one, and keeps the code. */
const script = `
  import { createRequire } from "node:module";
  const [module, file, folder] = process.argv.slice(1);
  const { runCached } = await import(module);
  runCached(file, folder || undefined, createRequire(file)).keep();
`;

describe("the code that a start keeps for the next one", () => {
  let folder: string;
  let file: string;
  let cache: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    file = path.join(folder, "program.cjs");
    cache = path.join(folder, "cache");
    await program("first");
  });

  afterEach(() => rm(folder, { recursive: true }));

  function program(name: string): Promise<void> {
    return writeFile(
      file,
      `const { basename } = require("node:path"); console.log(basename("a/${name}"));`,
    );
  }

  /** What the file prints. */
  async function run(where = cache): Promise<string> {
    const module = new URL("../src/engine/code-cache.js", import.meta.url).href;
    const options = ["--input-type=module", "--eval", script, "--"];
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...options,
      module,
      file,
      where,
    ]);
    return stdout.trim();
  }

  /** The only file that is kept, as it is told from one that takes its place. */
  async function kept(): Promise<{ name: string; inode: bigint }> {
    const [name, ...others] = await readdir(cache);
    assert.ok(name);
    assert.deepEqual(others, []);
    const { ino } = await stat(path.join(cache, name), { bigint: true });
    return { name, inode: ino };
  }

  it("is used, and not written once more", async () => {
    assert.equal(await run(), "first");
    const before = await kept();
    assert.equal(await run(), "first");
    assert.deepEqual(await kept(), before);
  });

  it("is left out, and goes, when the file is another", async () => {
    await run();
    const before = await kept();
    await program("other");
    assert.equal(await run(), "other");
    assert.notEqual((await kept()).name, before.name);
  });

  it("is made anew when it is broken", async () => {
    await run();
    const before = await kept();
    await writeFile(path.join(cache, before.name), "broken");
    assert.equal(await run(), "first");
    const after = await kept();
    assert.equal(after.name, before.name);
    assert.notEqual(after.inode, before.inode);
  });

  it("is done without where there is no folder for it, or none to be made", async () => {
    assert.equal(await run(""), "first");
    assert.equal(await run(path.join(file, "below-a-file")), "first");
  });

  it("lets a server find the same", async () => {
    const uri = "file:///project/leak.js";
    const found: string[][] = [];
    for (let start = 1; start <= 2; start += 1) {
      const server = await LanguageServer.start(null, {
        isTrusted: false,
        codeCache: cache,
      });
      await server.open(uri, "javascript", leakingJavaScript);
      const first = await server.diagnostics(uri);
      found.push(first.map(({ message }) => message));
      // Answered after what the first check has left to be kept.
      await server.edit(uri, 2, { text: twoLeaks });
      await server.diagnostics(uri);
      assert.match((await kept()).name, /^engine-/);
      await server.stop();
    }
    assert.equal(found[0]?.length, 1);
    assert.deepEqual(found[1], found[0]);
  });
});

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript } from "./leaks.js";

const unbounded = `export async function load(request) {
  const urls = await request.json();
  return Promise.all(urls.map((url) => fetch(url)));
}
`;

describe("the files around a text", function () {
  this.timeout(120_000);
  let folder: string;
  let server: LanguageServer;
  const uriOf = (name: string): string =>
    pathToFileURL(path.join(folder, name)).href;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    await mkdir(path.join(folder, "packages/inner"), { recursive: true });
    await writeFile(
      path.join(folder, "package.json"),
      '{ "dependencies": { "p-map": "7" } }',
    );
    await writeFile(
      path.join(folder, "packages/inner/package.json"),
      '{ "dependencies": { "p-limit": "7" } }',
    );
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    server = await LanguageServer.start(uriOf("."));
  });
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
  });

  async function firstFix(uri: string): Promise<string | undefined> {
    await server.open(uri, "javascript", unbounded);
    const [diagnostic] = await server.diagnostics(uri);
    if (diagnostic === undefined) return undefined;
    const [fix] = await server.quickFixes(uri, diagnostic.range);
    return fix?.title;
  }

  it("decide which package a rewrite uses: the nearest package.json counts", async () => {
    assert.match((await firstFix(uriOf("load.js"))) ?? "", /from p-map$/);
    assert.match(
      (await firstFix(uriOf("packages/inner/load.js"))) ?? "",
      /from p-limit$/,
    );
  });

  it("count for what has not been saved yet", async () => {
    assert.match((await firstFix("untitled:Untitled-1")) ?? "", /from p-map$/);
  });

  it("decide whether a rewrite brings in `using`, until they change", async () => {
    const uri = uriOf("using/save.ts");
    const titles = async (lib: string) => {
      await mkdir(path.join(folder, "using"), { recursive: true });
      await writeFile(
        path.join(folder, "using/tsconfig.json"),
        JSON.stringify({ compilerOptions: { lib: [lib] } }),
      );
      await server.filesChanged(uriOf("using/tsconfig.json"));
      const [diagnostic] = await server.diagnostics(uri);
      assert.ok(diagnostic);
      const fixes = await server.quickFixes(uri, diagnostic.range);
      return fixes.map(({ title }) => title);
    };
    await server.open(uri, "typescript", leakingJavaScript);
    const brings = (all: string[]) =>
      all.some((title) => title.includes("`using`"));
    assert.ok(brings(await titles("esnext")));
    assert.ok(!brings(await titles("es2022")));
  });

  it("are not looked for where a text is on no disk", async () => {
    for (const uri of [
      "untitled:Untitled-1",
      `vscode-vfs://github${uriOf("load.js").slice("file://".length)}`,
    ]) {
      server.kill();
      server = await LanguageServer.start("vscode-vfs://github/owner/project");
      assert.match((await firstFix(uri)) ?? "", /from semaphore-guard$/);
    }
  });

  for (const root of ["", "vscode-vfs://github/owner/my%20project"]) {
    it(`say what a text is for, by its path in ${root || "a folder"}`, async () => {
      if (root !== "") {
        server.kill();
        server = await LanguageServer.start(root);
      }
      const at = (name: string) =>
        root === "" ? uriOf(name) : `${root}/${name}`;
      assert.equal(await firstFix(at("scripts/seed.js")), undefined);
      assert.notEqual(await firstFix(at("src/load.js")), undefined);
    });
  }
});

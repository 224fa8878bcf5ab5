import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type Range,
} from "vscode-languageserver/node";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript, twoLeaks } from "./leaks.js";

const installed = fileURLToPath(
  new URL("../../../node_modules", import.meta.url),
);

function config(prefix: string, before = ""): string {
  return `import plugin from "eslint-plugin-semaphore-guard";
${before}
export default [
  { plugins: { "${prefix}": plugin }, rules: { "${prefix}/require-release": "warn" } },
];
`;
}

// Loading the changed configuration takes until the test answers the request that it makes.
describe("while a changed configuration has everything checked again", function () {
  this.timeout(120_000);
  let folder: string;
  let gate: Server;
  let server: LanguageServer;
  let uri: string;
  let range: Range;
  let held: ServerResponse;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    await symlink(installed, path.join(folder, "node_modules"), "dir");
    await writeFile(path.join(folder, "eslint.config.mjs"), config("before"));
    gate = createServer().listen(0, "127.0.0.1");
    await once(gate, "listening");
    const address = gate.address();
    assert.ok(typeof address === "object" && address !== null);
    server = await LanguageServer.start(pathToFileURL(folder).href, {
      isTrusted: true,
    });
    uri = pathToFileURL(path.join(folder, "save.js")).href;
    await server.open(uri, "javascript", leakingJavaScript);
    const [diagnostic] = await server.diagnostics(uri);
    assert.equal(diagnostic?.code, "before/require-release");
    ({ range } = diagnostic);
    await writeFile(
      path.join(folder, "eslint.config.mjs"),
      config(
        "after",
        `await (await fetch("http://127.0.0.1:${address.port}")).text();`,
      ),
    );
    await server.filesChanged(
      pathToFileURL(path.join(folder, "eslint.config.mjs")).href,
    );
  });
  afterEach(async () => {
    server.kill();
    gate.closeAllConnections();
    gate.close();
    await rm(folder, { recursive: true });
  });

  /** Resolves once the configuration is being loaded, which it then is until the gate opens. */
  async function loading(): Promise<void> {
    [, held] = (await once(gate, "request")) as [unknown, ServerResponse];
  }

  it("quick fixes that somebody asks for wait for the newest check", async () => {
    const asked = server.quickFixes(uri, range);
    await loading();
    held.end();
    const titles = (await asked).map(({ title }) => title);
    assert.ok(titles.includes("Release the permit in `finally`"));
    assert.ok(
      titles.includes("Disable after/require-release for this line"),
      titles.join(" | "),
    );
  });

  it("those for a mere move of the caret are answered at once", async () => {
    const pulled = server.diagnostics(uri);
    await loading();
    assert.deepEqual(await server.lightBulb(uri, range), []);
    assert.equal(await server.hover(uri, range.start), null);
    held.end();
    assert.equal((await pulled)[0]?.code, "after/require-release");
  });

  it("an action that was offered before is completed by the newest check", async () => {
    await server.change(uri, 2, twoLeaks);
    const pulled = server.quickFixes(uri, range);
    await loading();
    held.end();
    const all = (await pulled).find(({ title }) => title.startsWith("Fix all"));
    assert.ok(all);
    await server.filesChanged(uri);
    const resolved = server.resolve(all);
    await loading();
    held.end();
    assert.ok((await resolved).edit);
  });

  it("quick fixes for a text that is then typed in are given up", async () => {
    const asked = server.quickFixes(uri, range);
    await loading();
    await server.change(uri, 2, `\n${leakingJavaScript}`);
    held.end();
    await assert.rejects(asked, { code: LSPErrorCodes.ContentModified });
  });

  it("quick fixes that nobody wants any more are given up at once", async () => {
    const source = new CancellationTokenSource();
    const asked = server.quickFixes(uri, range, {}, source.token);
    await loading();
    source.cancel();
    await assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
  });
});

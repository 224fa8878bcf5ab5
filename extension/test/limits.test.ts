import assert from "node:assert/strict";
import { defaultSettings } from "../src/shared/requests.js";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript } from "./leaks.js";

const uri = "file:///project/save.js";

describe("the settings", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
  });

  async function codes(settings: unknown): Promise<unknown[]> {
    server = await LanguageServer.start(null, undefined, () => settings);
    await server.open(uri, "javascript", leakingJavaScript);
    return (await server.diagnostics(uri)).map(({ code }) => code);
  }

  const release = "semaphore-guard/require-release";

  it("can switch the checks off", async () => {
    assert.deepEqual(await codes({ ...defaultSettings, enable: false }), []);
    assert.deepEqual((await server.status(uri)).engine, {
      kind: "none",
      reason: "disabled",
    });
  });

  it("bound the size of what is checked", async () => {
    assert.deepEqual(await codes({ ...defaultSettings, maxFileSize: 0.1 }), []);
    assert.deepEqual((await server.status(uri)).engine, {
      kind: "none",
      reason: "size",
    });
  });

  it("can ask for the strict rules", async () => {
    assert.deepEqual(
      (await codes({ ...defaultSettings, rules: "strict" })).sort(),
      [release],
    );
    const { engine } = await server.status(uri);
    assert.deepEqual(engine, { kind: "bundled", ruleset: "strict" });
  });

  for (const nonsense of [null, "strict", { enable: "no", rules: 3 }]) {
    it(`fall back to the defaults where they say ${JSON.stringify(nonsense)}`, async () => {
      assert.deepEqual(await codes(nonsense), [release]);
    });
  }

  it("count at once when they change", async () => {
    let settings = { ...defaultSettings, enable: false };
    server = await LanguageServer.start(null, undefined, () => settings);
    await server.open(uri, "javascript", leakingJavaScript);
    assert.deepEqual(await server.diagnostics(uri), []);
    settings = { ...settings, enable: true };
    await server.settingsChanged();
    assert.equal((await server.diagnostics(uri)).length, 1);
  });
});

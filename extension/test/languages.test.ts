import assert from "node:assert/strict";
import plugin from "eslint-plugin-semaphore-guard";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prose } from "../src/engine/localized-rules.js";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript } from "./leaks.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

function json(name: string): Record<string, string> {
  return JSON.parse(readFileSync(root + name, "utf8")) as Record<
    string,
    string
  >;
}

const bundle = json("l10n/bundle.l10n.zh-cn.json");

/** The messages in our own source: what is passed on to be translated. */
function messagesInSource(): string[] {
  return readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const source = readFileSync(`${root}src/${name}`, "utf8");
      return Array.from(
        source.matchAll(/\b(?:l10n\.t|translate)\(\s*("(?:[^"\\]|\\.)*")/g),
        ([, literal]) => JSON.parse(literal!) as string,
      );
    });
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{+\w+\}+/g) ?? [])].sort();
}

describe("Simplified Chinese", function () {
  this.timeout(60_000);

  it("says all that the extension says", () => {
    const missing = messagesInSource().filter(
      (message) => !(message in bundle),
    );
    assert.deepEqual(missing, []);
  });

  it("says all that the rules say", () => {
    const messages = Object.values(plugin.rules).flatMap(({ meta }) =>
      Object.values(meta?.messages ?? {}),
    );
    assert.ok(messages.length > 20);
    assert.deepEqual(
      [...messages, ...prose].filter((message) => !(message in bundle)),
      [],
    );
  });

  it("has a place for each value", () => {
    for (const [english, chinese] of Object.entries(bundle)) {
      assert.deepEqual(placeholders(chinese), placeholders(english), english);
    }
  });

  it("says all that package.json says", () => {
    const english = json("package.nls.json");
    assert.deepEqual(
      Object.keys(json("package.nls.zh-cn.json")),
      Object.keys(english),
    );
    const used = [
      ...readFileSync(`${root}package.json`, "utf8").matchAll(/"%([^"%]+)%"/g),
    ].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  });

  it("is what problems, paths, hovers and quick fixes are in", async () => {
    const uri = "file:///project/save.js";
    const server = await LanguageServer.start(null, {
      isTrusted: false,
      translations: bundle,
    });
    try {
      await server.open(
        uri,
        "javascript",
        `${leakingJavaScript}export const all = async (request) => Promise.all((await request.json()).map((url) => fetch(url)));\n`,
      );
      const said: string[] = [];
      for (const diagnostic of await server.diagnostics(uri)) {
        said.push(
          diagnostic.message,
          ...(diagnostic.relatedInformation ?? []).map(
            ({ message }) => message,
          ),
          ...(await server.quickFixes(uri, diagnostic.range)).map(
            ({ title }) => title,
          ),
        );
        const hover = await server.hover(uri, diagnostic.range.start);
        said.push(
          JSON.stringify(hover?.contents ?? "").replace(
            /"kind":"markdown","value"/,
            "",
          ),
        );
      }
      assert.ok(said.length > 15);
      for (const text of said) {
        const ownWords = text.replace(
          /`[^`]*`|semaphore-guard(?:\/[\w-]+)?/g,
          "",
        );
        assert.doesNotMatch(ownWords, /[a-z]{3}/i, text);
      }
      assert.equal(await server.stop(), 0);
    } finally {
      server.kill();
    }
  });
});
